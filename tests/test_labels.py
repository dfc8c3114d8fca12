"""Labels point into articles that are kept elsewhere: they hold no word, and give back the frames with their words."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from pathlib import Path

import pytest

from kg_builder.learn.labels import label, read_labels

LEAD = "خبر عاجل. "
TEXT = "أعلن المتحدث الجمعة استقالة وزير المالية، ودعا للحوار مع 3 أحزاب."
EVENTS = [
    {"type": "Resignation", "trigger": "استقالة",
     "roles": {"resigner": ["وزير المالية|وزير"], "attributedTo": ["المتحدث"]},
     "begin": "2022-01-07", "end": "2022-01-07", "factuality": "Actual", "status": "submitted"},
    {"type": "Appeal", "trigger": "دعا", "roles": {"speaker": ["المتحدث"], "demand": ["الحوار مع 3 أحزاب"]},
     "optional": {"addressee": ["أحزاب"]}, "factuality": "Actual", "maybe": True},
    {"type": "PriceChange", "trigger": "الجمعة", "factuality": "Actual",
     "roles": {"changesTo": [{"value": 3, "currency": "EUR"}, {"value": 3, "unit": "حزب"}],
               "direction": ["rise"], "commodity": ["النفط"]}},
]


def written(folder: Path, labels: list[dict[str, object]]) -> tuple[Path, Path]:
    """A file of labels and a corpus with the article."""
    path, corpus = folder / "labels.jsonl", folder / "news.jsonl.gz"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in labels), encoding="utf-8")
    article = {"id": "a1", "date": "2022-01-08", "text": LEAD + TEXT + " وانتهى."}
    corpus.write_bytes(gzip.compress((json.dumps(article, ensure_ascii=False) + "\n").encode()))
    return path, corpus


def test_a_label_gives_back_its_frames(tmp_path: Path) -> None:
    packed = label("a1", len(LEAD), TEXT, EVENTS)
    [frame] = read_labels(*written(tmp_path, [packed]))
    assert frame["text"] == TEXT and frame["date"] == "2022-01-08" and frame["id"] == "a1#10"
    first, second, third = frame["events"]
    assert first == EVENTS[0]
    assert second["roles"] == {"speaker": ["المتحدث"], "demand": ["للحوار مع 3 أحزاب"]}
    assert second["optional"] == {"addressee": ["أحزاب"]} and second["maybe"] is True
    assert third["roles"] == {"changesTo": [{"value": 3, "currency": "EUR"}, {"value": 3}], "direction": ["rise"]}


def test_a_label_holds_no_word_of_its_article() -> None:
    packed = json.dumps(label("a1", 0, TEXT, EVENTS), ensure_ascii=False)
    assert not any("\u0600" <= c <= "\u06ff" for c in packed)


def test_an_event_without_its_trigger_is_left_out() -> None:
    assert label("a1", 0, TEXT, [{"type": "Attack", "trigger": "هجوم", "factuality": "Actual"}])["events"] == []


def test_a_label_beyond_its_article_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"labels\.jsonl, line 1: a1 has no characters 5 to 900"):
        list(read_labels(*written(tmp_path, [{"doc": "a1", "begin": 5, "end": 900, "events": []}])))


def test_labels_of_articles_that_the_corpus_lacks_are_left_out(tmp_path: Path) -> None:
    assert list(read_labels(*written(tmp_path, [label("other", 0, TEXT, EVENTS)]))) == []


def test_the_labels_of_the_project_are_sound() -> None:
    lines = (Path(__file__).parent.parent / "scripts" / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    assert len({(one["doc"], one["begin"]) for one in labels}) == len(labels) > 1000
    for one in labels:
        length = one["end"] - one["begin"]
        spans = [e["trigger"] for e in one["events"]]
        spans += [s for e in one["events"] for part in ("roles", "optional") for fillers in e.get(part, {}).values()
                  for f in fillers if isinstance(f, list) for s in f]
        assert all(0 <= a < b <= length for a, b in spans), one["doc"]
    assert not any("\u0600" <= c <= "\u06ff" for line in lines for c in line)


def test_nothing_is_learnt_from_what_is_measured() -> None:
    root = Path(__file__).parent.parent
    sets = [root / "scripts" / "rare_types.tsv", *sorted((root / "tests" / "cases" / "merging").glob("*.tsv"))]
    places = {(row["article"], int(row["begin"]), int(row["end"])) for path in sets
              for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t")}
    labels = [json.loads(line) for line in (root / "scripts" / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    spans = defaultdict(list)
    for one in labels:
        spans[one["doc"]].append((one["begin"], one["end"]))
    assert len(places) > 500
    assert not [p for p in places if any(a < p[2] and p[1] < b for a, b in spans[p[0]])]
