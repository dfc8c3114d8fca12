"""Values found in a text must equal the table: kind, quoted words and value, in the order of the text.

The reference is Wednesday 5 January 2022 unless a row says otherwise.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from value_table import REFERENCE, Case, at, day, finder, found, one

from kg_builder.annotate.tokens import tokenise
from kg_builder.cli import run

NUMBERS = [
    one("سجلت البلدة 11 ألفا", "number", "11 ألفا", value=11000),
    one("زار المعرض ١٫٥ مليون شخص", "number", "١٫٥ مليون", value=1500000),
    one("جمعوا خمسا وعشرين توقيعا", "number", "خمسا وعشرين", value=25),
    one("جمعوا خمسة وعشرين توقيعا", "number", "خمسة وعشرين", value=25),
    one("حضر ثلاثمئة وأربعة وستون طالبا", "number", "ثلاثمئة وأربعة وستون", value=364),
    one("حضر مئتا طالب", "number", "مئتا", value=200),
    one("نزح مليونان وثلاثمائة ألف نسمة", "number", "مليونان وثلاثمائة ألف", value=2300000),
    one("أكثر من نصف مليون زائر", "number", "نصف مليون", value=500000, bound="atLeast"),
    one("تبرع بمليون ونصف المليون", "number", "مليون ونصف المليون", value=1500000),
    one("بنحو 40 شاحنة", "number", "40", value=40, bound="about"),
    one("ما لا يقل عن سبعة قوارب", "number", "سبعة", value=7, bound="atLeast"),
    one("وزعوا 300 خيمة على الأقل", "number", "300", value=300, bound="atLeast"),
    one("لا يزيد عن 12 لاعبا", "number", "12", value=12, bound="atMost"),
    one("بين 3 و7 قرى", "number", "3 و7", from_=3, to=7),
    one("بين 20 و30 ألف متفرج", "number", "20 و30 ألف", from_=20000, to=30000),
    one("من 12 إلى 15 سفينة", "number", "12 إلى 15", from_=12, to=15),
    one("أنقذوا بضعة صيادين", "number", "بضعة", value=3, bound="about"),
    one("وقع ٣٬٥٠٠ عامل", "number", "٣٬٥٠٠", value=3500),
    one("شارك 12 500 عداء", "number", "12 500", value=12500),
    one("وثلاثة أرباع السكان", "number", "ثلاثة أرباع", value=0.75),
    one("قرأ خمس الكتاب", "number", "خمس", value=0.2),
    one("قرأ خمس صفحات", "number", "خمس", value=5),
    one("الحرارة -7 ليلا", "number", "-7", value=-7),
    one("الناتج سالب ثلاثة", "number", "سالب ثلاثة", value=-3),
    one("وَثَلاثَة جرحى", "number", "ثَلاثَة", value=3),
    one("الـ15 المتبقون", "number", "15", value=15),
    one("فاز 3-1 أمس", "number", "3", value=3)._replace(
        mentions=[("number", "3", {"value": 3}), ("number", "1", {"value": 1}), ("time", "أمس", day("2022-01-04"))]
    ),
    Case("عشرات القتلى ومئات الجرحى وآلاف النازحين", []),
    Case("أحد المصابين لست أعرفه", []),
    Case("لقاح كوفيد-19", []),
]
ORDINALS = [
    one("المركز الأول", "ordinal", "الأول", value=1),
    one("الدورة الحادية عشرة", "ordinal", "الحادية عشرة", value=11),
    one("النسخة الخامسة والعشرون", "ordinal", "الخامسة والعشرون", value=25),
    one("للمرة الثالثة", "ordinal", "الثالثة", value=3),
    one("الفوج المئة والخامس", "ordinal", "المئة والخامس", value=105),
]
PERCENT = [
    one("ارتفع 3.5٪", "percent", "3.5٪", value=3.5),
    one("ارتفع %5", "percent", "%5", value=5),
    one("هبط خمسة في المئة", "percent", "خمسة في المئة", value=5),
    one("نحو 12 بالمائة", "percent", "12 بالمائة", value=12, bound="about"),
    one("من 4% إلى 6%", "percent", "4% إلى 6%", from_=4, to=6),
]
MONEY = [
    one("غرامة 500 درهم إماراتي", "money", "500 درهم إماراتي", value=500, currency="AED"),
    one("قرض بقيمة 3 مليارات ليرة تركية", "money", "3 مليارات ليرة تركية", value=3000000000, currency="TRY"),
    one("كلفته مليونا دولار", "money", "مليونا دولار", value=2000000, currency="USD"),
    one("دفع دولارين", "money", "دولارين", value=2, currency="USD"),
    one("سعره €7.5 فقط", "money", "€7.5", value=7.5, currency="EUR"),
    one("منحة USD 40 مليون", "money", "USD 40 مليون", value=40000000, currency="USD"),
    one("ثمنه 49 سنتا", "money", "49 سنتا", value=0.49, currency="USD"),
    one("ثمنه 3 دولارات و20 سنتا", "money", "3 دولارات و20 سنتا", value=3.2, currency="USD"),
    one("بلغ 85.4 دولارا للبرميل", "money", "85.4 دولارا للبرميل", value=85.4, currency="USD", per="barrel"),
    one("عند 1800 دولار للأوقية", "money", "1800 دولار للأوقية", value=1800, currency="USD", per="ounce"),
    one("من 90 إلى 150 تنغي لليتر", "money", "90 إلى 150 تنغي لليتر", from_=90, to=150, currency="KZT", per="litre"),
    one("(1.1 يورو - 1.3 يورو)", "money", "1.1 يورو - 1.3 يورو", from_=1.1, to=1.3, currency="EUR"),
    one("بين 3 و5 ملايين جنيه إسترليني", "money", "3 و5 ملايين جنيه إسترليني", from_=3e6, to=5e6, currency="GBP"),
    one("منحة (11.700.000) ريال في جدة", "money", "(11.700.000) ريال", value=11700000, currency="SAR"),
    one("أقل من 60 ريالا في صنعاء", "money", "60 ريالا", value=60, currency="YER", bound="atMost"),
    one("في الدوحة بيع بألف ريال", "money", "ألف ريال", value=1000, currency="QAR"),
    one("دينار ونصف في تونس", "money", "دينار ونصف", value=1.5, currency="TND"),
]
QUANTITIES = [
    one("على بعد 12 كيلومترا", "quantity", "12 كيلومترا", value=12, unit="km"),
    one("مساحته 400 متر مربع", "quantity", "400 متر مربع", value=400, unit="m2"),
    one("صادروا طنين", "quantity", "طنين", value=2, unit="t"),
    one("1.2 مليون برميل يوميا", "quantity", "1.2 مليون برميل يوميا", value=1200000, unit="[bbl_us]/d"),
    one("بسرعة 90 كيلومترا في الساعة", "quantity", "90 كيلومترا في الساعة", value=90, unit="km/h"),
    one("رفعها 25 نقطة أساس", "quantity", "25 نقطة أساس", value=0.25, unit="point"),
    one("كم مرة", "number", "", value=0)._replace(mentions=[]),
]
DURATIONS = [
    one("سجن ثلاث سنوات", "duration", "ثلاث سنوات", value=3, unit="year"),
    one("استمر يومين", "duration", "يومين", value=2, unit="day"),
    one("بعد التفاوض ساعة ونصف", "duration", "ساعة ونصف", value=1.5, unit="hour"),
    one("لأكثر من عقدين", "duration", "عقدين", value=20, unit="year", bound="atLeast"),
    one("بين 10 و12 يوما", "duration", "10 و12 يوما", from_=10, to=12, unit="day"),
    Case("برنامج عمل يومي", []),
]
TIMES = [
    at("سافر الأحد", "الأحد", "2022-01-02", "2022-01-02"),
    at("سافر الأربعاء", "الأربعاء", "2022-01-05", "2022-01-05"),
    at("سافر الأربعاء الماضي", "الأربعاء الماضي", "2021-12-29", "2021-12-29"),
    at("يسافر الخميس المقبل", "الخميس المقبل", "2022-01-06", "2022-01-06"),
    at("يغادر غدا الخميس", "غدا الخميس", "2022-01-06", "2022-01-06"),
    one("حزب الغد", "time", "")._replace(mentions=[]),
    one("القسط الثاني في شهر مارس 2020", "time", "")._replace(
        mentions=[
            ("ordinal", "الثاني", {"value": 2}),
            ("time", "شهر مارس 2020", {"begin": "2020-03", "end": "2020-03", "grain": "month"}),
        ]
    ),
    at("سافر أول أمس", "أول أمس", "2022-01-03", "2022-01-03"),
    at("يعود بعد غد", "بعد غد", "2022-01-07", "2022-01-07"),
    at("اجتمعوا مساء أمس", "مساء أمس", "2022-01-04T18:00:00", "2022-01-04T22:00:00", "hour"),
    at("قصف الليلة الماضية", "الليلة الماضية", "2022-01-04T20:00:00", "2022-01-04T23:00:00", "hour"),
    at("في 22 نيسان/أبريل 2019", "22 نيسان/أبريل 2019", "2019-04-22", "2019-04-22"),
    at("في 22 أبريل (نيسان) 2019", "22 أبريل (نيسان) 2019", "2019-04-22", "2019-04-22"),
    at("يوم 3 جويلية 2018", "يوم 3 جويلية 2018", "2018-07-03", "2018-07-03"),
    at("في فاتح غشت 2017", "فاتح غشت 2017", "2017-08-01", "2017-08-01"),
    at("الأول من مارس/ آذار", "الأول من مارس/ آذار", "2021-03-01", "2021-03-01"),
    at("في 2020-02-29", "2020-02-29", "2020-02-29", "2020-02-29"),
    at("بتاريخ 5/1/2021", "5/1/2021", "2021-01-05", "2021-01-05"),
    at("بين 3 و7 مارس 2020", "3 و7 مارس 2020", "2020-03-03", "2020-03-07"),
    at("في الفترة من 9 إلى 21 فبراير/ شباط 2020", "9 إلى 21 فبراير/ شباط 2020", "2020-02-09", "2020-02-21"),
    at("يومي 5 و6 مايو 2021", "يومي 5 و6 مايو 2021", "2021-05-05", "2021-05-06"),
    at("من 28 أبريل إلى 2 مايو 2021", "28 أبريل إلى 2 مايو 2021", "2021-04-28", "2021-05-02"),
    at("بين عامي 2011 و2013", "عامي 2011 و2013", "2011", "2013", "year"),
    at("منذ 12 مارس 2020", "12 مارس 2020", "2020-03-12", None),
    at("منذ عام 1998", "عام 1998", "1998", None, "year"),
    at("حتى يوم الجمعة المقبل", "يوم الجمعة المقبل", None, "2022-01-07"),
    at("اعتبارا من مطلع العام المقبل", "مطلع العام المقبل", "2023-01", None, "month"),
    at("غادر قبل ثلاثة أسابيع", "قبل ثلاثة أسابيع", "2021-12-15", "2021-12-15"),
    at("خلال الأيام الثلاثة الماضية", "الأيام الثلاثة الماضية", "2022-01-02", "2022-01-04"),
    at("الأسبوع الماضي", "الأسبوع الماضي", "2021-12-27", "2022-01-02", "week"),
    at("الشهر المقبل", "الشهر المقبل", "2022-02", "2022-02", "month"),
    at("في 15 من الشهر الجاري", "15 من الشهر الجاري", "2022-01-15", "2022-01-15"),
    at("أواخر ديسمبر الماضي", "أواخر ديسمبر الماضي", "2021-12-21", "2021-12-31"),
    at("الربع الثالث من العام الماضي", "الربع الثالث من العام الماضي", "2021-07", "2021-09", "quarter"),
    at("صيف 2018", "صيف 2018", "2018-06", "2018-08", "season"),
    at("في ثمانينيات القرن الماضي", "ثمانينيات القرن الماضي", "1980", "1989", "decade"),
    at("في الثالثة والنصف مساء", "الثالثة والنصف مساء", "2022-01-05T15:30:00", "2022-01-05T15:30:00", "minute"),
    at("الثلاثاء الساعة 18:30", "الثلاثاء الساعة 18:30", "2022-01-04T18:30:00", "2022-01-04T18:30:00", "minute"),
    at("في 10 محرم 1443 هـ", "10 محرم 1443 هـ", "2021-08-18", "2021-08-18", calendar="hijri"),
    at("في شهر رمضان 1442", "شهر رمضان 1442", "2021-04-13", "2021-05-12", calendar="hijri"),
    at("في 9 ذو الحجة الموافق 19 يوليو 2021", "9 ذو الحجة الموافق 19 يوليو 2021", "2021-07-19", "2021-07-19"),
    at("عيد الفطر 2021", "عيد الفطر 2021", "2021-05-13", "2021-05-13"),
    at("آخر خميس من نوفمبر 2021", "آخر خميس من نوفمبر 2021", "2021-11-25", "2021-11-25"),
    at("من 9:30 إلى 11:00 غدا", "9:30 إلى 11:00 غدا", "2022-01-06T09:30:00", "2022-01-06T11:00:00", "minute"),
    at("في الخامس من الشهر", "الخامس من الشهر", "2022-01-05", "2022-01-05"),
    at("بحلول نهاية 2025", "نهاية 2025", "2025-07", "2025-12", "month"),
    at("خطة 2030", "2030", "2030", "2030", "year"),
    Case("الأمين العام للحزب", []),
    Case("مارس الضغط على رجب ومحرم", []),
    Case("في اليوم العالمي للمرأة", []),
    one("صفر في السباق", "number", "صفر", value=0),
    one("باع 2030 سيارة", "number", "2030", value=2030),
]


ALL = NUMBERS + ORDINALS + PERCENT + MONEY + QUANTITIES + DURATIONS + TIMES


@pytest.mark.parametrize("case", ALL, ids=lambda c: c.text)
def test_values(case: Case) -> None:
    assert found(case.text) == case.mentions


def test_future_reading() -> None:
    assert found("الأربعاء", prefer="future") == [("time", "الأربعاء", day("2022-01-12"))]
    assert found("3 مارس", prefer="future") == [("time", "3 مارس", day("2022-03-03"))]


def test_both_readings_of_a_weekday() -> None:
    text = "الاثنين"
    (time,) = finder().find(tokenise(text).raws, REFERENCE).times
    assert (time.ambiguous, time.past.begin, time.future.begin) == (True, "2022-01-03", "2022-01-10")


def test_a_date_without_reference_has_no_year() -> None:
    assert found("في 5 يناير", reference=None) == [("time", "5 يناير", day("--01-05"))]
    assert found("قال أمس", reference=None) == []


def test_a_bare_currency_is_that_of_the_given_country() -> None:
    assert found("دفع 40 ريالا", country="OM")[0][2] == {"value": 40, "currency": "OMR"}


def test_a_line_end_parts_values() -> None:
    assert [words for _, words, _ in found("قتل 3\n5 دولارات")] == ["3", "5 دولارات"]


PIECES = ["3", "مليون", "و", "ثلاثة", " ", "دولار", "-", "/", "يناير", "بين", "من", "إلى", "٪"]
PIECES += ["\n", "ـ", "َ", "الأحد", "هـ", ",", "ال", "2022", ".", ":", "(", ")"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from([None, REFERENCE]))
def test_spans_are_of_the_text(text: str, reference: str | None) -> None:
    last = 0
    for mention in finder()(tokenise(text).raws, reference, text=text):
        assert last <= mention.span.start < mention.span.end <= len(text)
        assert text[mention.span.start : mention.span.end].strip() == text[mention.span.start : mention.span.end]
        last = mention.span.end


def test_the_command_reads_figures_without_an_arabic_letter(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "42 KWD"}\n{"id": "2", "text": "١٫٥"}\n', encoding="utf-8")
    assert run(["annotate", str(tmp_path / "a.jsonl")]) == 0
    lines = [json.loads(line)["mentions"] for line in capsys.readouterr().out.splitlines()]
    assert [[(m["kind"], m["value"]) for m in mentions] for mentions in lines] == [
        [("money", {"value": 42, "currency": "KWD"})],
        [("number", {"value": 1.5})],
    ]
