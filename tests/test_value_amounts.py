"""Numbers, money, measures and durations of the news, and words that only look like them."""

from __future__ import annotations

import pytest
from value_table import Case, found, one

from kg_builder.annotate.values.figures import agency_figure

NUMBERS = [
    one("قتل أحد عشر جنديا", "number", "أحد عشر", value=11),
    one("وأحد عشر مدنيا", "number", "أحد عشر", value=11),
    one("رأى اثنتي عشرة سفينة", "number", "اثنتي عشرة", value=12),
    one("زرعوا بضع مئات من الأشجار", "number", "بضع مئات", value=300, bound="about"),
    one("تظاهر بضعة آلاف", "number", "بضعة آلاف", value=3000, bound="about"),
    one("حضره 7000 آلاف مدعو", "number", "7000 آلاف", value=7000),
    one("ضبط 5.706 مخالفين", "number", "5.706", value=5706),
    one("بلغ المعدل 5.706", "number", "5.706", value=5.706),
    one("ارتفع إلى 5.706 بعدما تراجع", "number", "5.706", value=5.706),
    one("ارتفع إلى 96,599", "number", "96,599", value=96599),
    Case(
        "ارتفع إلى 96,599 وكان عند 0,5",
        [("number", "96,599", {"value": 96.599}), ("number", "0,5", {"value": 0.5})],
    ),
    Case(
        "زار 12,450 طالبا المعرض وكان عند 0,5",
        [("number", "12,450", {"value": 12450}), ("number", "0,5", {"value": 0.5})],
    ),
    one("بلغت 12،5 مليون", "number", "12،5 مليون", value=12500000),
    Case("المادتان 12،15 من النظام", [("number", "12", {"value": 12}), ("number", "15", {"value": 15})]),
    Case('تراجع "نسر الشمال 300" قليلا', []),
    one('وقال "بلغ عدد القتلى 24"', "number", "24", value=24),
    Case("هبط مؤشر نيكي 225 مساء", []),
    one("صوت (1,2) مليون ناخب", "number", "(1,2) مليون", value=1200000),
    one("ثلاثة فاصلة خمسة", "number", "ثلاثة فاصلة خمسة", value=3.5),
    one("2 فاصلة 07 بالمئة", "percent", "2 فاصلة 07 بالمئة", value=2.07),
    one("خمسة فاصل صفر سبعة ملايين دولار", "money", "خمسة فاصل صفر سبعة ملايين دولار", value=5070000, currency="USD"),
    one("نصف دزينة بيض", "number", "نصف دزينة", value=6),
    Case("بعد فاصلة قصيرة", []),
    one("أكل ثمن الكمية", "number", "ثمن", value=0.125),
    Case(
        "تراجع من 54 ألفا إلى 28 ألفا",
        [("number", "54 ألفا", {"value": 54000}), ("number", "28 ألفا", {"value": 28000})],
    ),
    Case("ثمن باهظ وثمن الوقود", []),
    Case("وأثنى على المدربين", []),
    Case("للتعبير عن كمية كبيرة", []),
    Case("تسلم السلاح دفعة واحدة ومن جهة ثانية", []),
    Case("طائرات F35 وصلت", []),
    Case("اتصلوا على 0501234567", []),
    Case("تميم بن حمد آل ثاني وأظهر مسح أولي", []),
    one("الدورة الثامنة والأربعون والمئة", "ordinal", "الثامنة والأربعون والمئة", value=148),
]
MONEY = [
    one("بيع بألفي دينار في عمان", "money", "ألفي دينار", value=2000, currency="JOD"),
    one("بيع بألفي ريال في عمان", "money", "ألفي ريال", value=2000, currency="OMR"),
    one("قال محافظ بنك بغداد. ارتفع الإنفاق إلى 9 دنانير في تونس", "money", "9 دنانير", value=9, currency="TND"),
    one("هبط سعر الصرف إلى 7 ليرات في أنقرة", "money", "7 ليرات", value=7, currency="TRY"),
    one("وبلغت في بيروت 1500 ليرة", "money", "1500 ليرة", value=1500, currency="LBP"),
    one("المليون والنصف ريال في جدة", "money", "المليون والنصف ريال", value=1500000, currency="SAR"),
    one("باعه بخمسين مليون إسترليني", "money", "خمسين مليون إسترليني", value=50000000, currency="GBP"),
    one("قدرها / 540ر999ر45 / ريال في جدة", "money", "/ 540ر999ر45 / ريال", value=45999540, currency="SAR"),
    one("بنحو 6ر3 مليار دولار", "money", "6ر3 مليار دولار", value=3600000000, currency="USD", bound="about"),
    one("قيمته 16.6 مليار دولار كندي", "money", "16.6 مليار دولار كندي", value=16600000000, currency="CAD"),
]
CURRENCIES = """
    AED درهم إماراتي|MAD درهم مغربي|SAR ريال سعودي|QAR ريال قطري|OMR ريال عماني|YER ريال يمني|IRR ريال إيراني
    KWD دينار كويتي|BHD دينار بحريني|JOD دينار أردني
    IQD دينار عراقي|LYD دينار ليبي|TND دينار تونسي|DZD دينار جزائري|EGP جنيه مصري
    SDG جنيه سوداني|SYP ليرة سورية|LBP ليرة لبنانية|TRY ليرة تركية|MRU أوقية موريتانية|SOS شلن صومالي|DJF فرنك جيبوتي
    KMF فرنك قمري|ILS شيكل|KZT تنغي|USD دولار|EUR يورو|GBP جنيه إسترليني|JPY ين ياباني|CNY يوان|RUB روبل|INR روبية هندية
    IDR روبية إندونيسية|BRL ريال برازيلي|MXN بيزو مكسيكي|ARS بيزو أرجنتيني|KRW وون كوري|ZAR راند|AUD دولار أسترالي
    CAD دولار كندي
""".replace("\n", "|").split("|")
PERCENT = [
    one("نما 52ر1 بالمئة", "percent", "52ر1 بالمئة", value=1.52),
    one("هبط 0ر5%", "percent", "0ر5%", value=0.5),
    Case("من 70% إلى 60%", [("percent", "70%", {"value": 70}), ("percent", "60%", {"value": 60})]),
]
QUANTITIES = [
    one("محطة بقدرة 50 ميجا واط", "quantity", "50 ميجا واط", value=50, unit="MW"),
    one("بسرعة 40 ميلا في الساعة", "quantity", "40 ميلا في الساعة", value=40, unit="[mi_i]/h"),
    one("سباق 400م", "quantity", "400م", value=400, unit="m"),
    one("بين 9300 و9250 نقطة", "quantity", "9300 و9250 نقطة", from_=9250, to=9300, unit="point"),
]
DURATIONS = [
    one("استغرق سبع ساعات وخمس دقائق", "duration", "سبع ساعات وخمس دقائق", value=425, unit="minute"),
    one("بعد فراغ دام سنة وشهرين", "duration", "سنة وشهرين", value=14, unit="month"),
    one("غاب عاما كاملا", "duration", "عاما كاملا", value=1, unit="year"),
    one("عاد بعد يوم واحد من سفره", "duration", "يوم واحد", value=1, unit="day"),
    one("بعد 16 شهرا على اختفائها", "duration", "16 شهرا", value=16, unit="month"),
    one("لن تسري قبل أربعة أشهر أخرى", "duration", "أربعة أشهر", value=4, unit="month"),
]


@pytest.mark.parametrize("case", NUMBERS + MONEY + PERCENT + QUANTITIES + DURATIONS, ids=lambda c: c.text)
def test_amounts(case: Case) -> None:
    assert found(case.text) == case.mentions


@pytest.mark.parametrize("row", [r.strip() for r in CURRENCIES if r.strip()])
def test_every_currency_of_the_region_and_the_twenty(row: str) -> None:
    code, name = row.split(" ", 1)
    assert found(f"دفع 500 {name}") == [("money", f"500 {name}", {"value": 500, "currency": code})]


@pytest.mark.parametrize(("text", "number"), [("52ر1", 1.52), ("03ر20712", 20712.03), ("0ر5", 0.5), ("45ر999", 999.45)])
def test_agencies_write_the_decimals_first(text: str, number: float) -> None:
    assert agency_figure(text) == number
