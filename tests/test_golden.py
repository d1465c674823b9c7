"""Every sentence that the real data make stands in one file that editors read."""

import copies

from guideline import golden, report


def test_the_sentences_to_review_are_fresh(workplace):
    kept = (copies.ROOT / golden.PATH).read_text(encoding="utf-8")
    assert kept == golden.sentences(workplace.collection), "run `make refresh` and read the difference"


def test_free_text_stays_under_fifteen_per_cent_of_conditions_and_benefits(workplace):
    last = list(report.lines(workplace.collection))[-1]
    share = float(last.split("(")[1].split(" %")[0])
    assert share <= 15
