"""Picks that do not fit any more: said, and repaired by one change."""

from __future__ import annotations

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.repair import repair_edit, repair_rules, repair_words
from app.wizard.report import check_draft
from app.wizard.steps import Step
from backend_client.choices import DroppedPick, OfferCount, Reason, Repair
from tests.app.wizard.stories import NOW, choices, jorun

WHY = Reason(rule="R26", text="2500 Mb/s needs XGS-PON, not in this street yet.")
REPAIR = Repair(
    dropped=(DroppedPick(id="F04", name="Glimt 2500 (XGS-PON)", quantity=1, reasons=(WHY,)),),
    added=(OfferCount(id="F03", name="Glimt 1000", quantity=1),),
)


def test_it_says_what_goes_why_and_what_comes() -> None:
    assert repair_words(REPAIR) == (
        "Glimt 2500 must go. 2500 Mb/s needs XGS-PON, not in this street yet. "
        "Glimt 1000 comes instead."
    )
    assert repair_words(replace(REPAIR, text="Take Glimt 1000.")) == "Take Glimt 1000."


def test_one_change_repairs_it_and_leaves_the_rest() -> None:
    draft = edits.pick("M03", 2)(edits.pick("F04", 1)(jorun()))
    assert dict(repair_edit(REPAIR)(draft).picks) == {"M03": 2, "F03": 1}


def test_the_report_names_it_as_an_error_with_the_way_there() -> None:
    answer = replace(choices(), repair=REPAIR)
    report = check_draft(edits.pick("F04", 1)(jorun()), answer, now=NOW)
    (found,) = [each for each in report.errors() if each.code == "repair"]
    assert (found.step, found.field, found.rules) == (Step.SERVICE, "repair", ("R26",))
    assert repair_rules(REPAIR) == ("R26",)
