"""Catalogues as their authors write them: what is sent, and what comes back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend_client import Client, Rejected
from backend_client.catalogue import (
    CatalogueDocuments,
    Fault,
    Price,
    faults_of,
    published_version,
)
from tests.backend_client.server import Server

OFFER = {"code": "F09", "name": "Glimt 1500", "monthly": Decimal("52.10"), "oneoff": 0}
EDITION = CatalogueDocuments(catalogue={"offers": [OFFER], "rules": []})
PROPOSED = {
    "id": "P1",
    "state": "proposed",
    "by": "product",
    "at": "2026-11-20T10:00:00+00:00",
    "basedOn": 41,
    "note": "A second bandwidth",
    "check": {"valid": True},
}


def test_the_version_in_force_keeps_its_prices_exact(server: Server, client: Client) -> None:
    server.says(
        {
            "version": 41,
            "published": "2026-11-20T10:00:00+00:00",
            "publishedBy": "product",
            "approvedBy": "supervisor",
            "catalogue": {"offers": [{"code": "M21", "monthly": 7.5}]},
            "specifications": {},
            "prices": {"vat_percent": "20"},
        }
    )
    edition = client.catalogue.in_force()
    assert (edition.version, edition.approved_by) == (41, "supervisor")
    assert edition.catalogue["offers"][0]["monthly"] == Decimal("7.5")


def test_all_versions_are_listed_and_each_can_be_read(server: Server, client: Client) -> None:
    server.says({"versions": [{"version": 2, "publishedBy": "product"}, {"version": 1}]})
    assert [each.version for each in client.catalogue.editions()] == [2, 1]
    server.says({"version": 1, "catalogue": {}})
    assert client.catalogue.edition(1).version == 1
    assert server.requests[-1].path == "/desk-api/v1/catalogue/version/1"


def test_a_check_says_what_is_wrong_and_what_changes(server: Server, client: Client) -> None:
    server.says(
        {
            "valid": False,
            "faults": [{"where": "rule R9", "line": 12, "text": "there is no offer 'Q'"}],
            "dead": ["F09"],
            "emptyOrder": "valid",
            "golden": {"checked": 3, "broken": []},
            "prices": [
                {
                    "basket": {"F03": 1},
                    "before": {"monthly": "43.00", "once": "0.00"},
                    "after": None,
                }
            ],
            "changes": [{"kind": "offer", "id": "F09", "change": "added", "after": {"max": 1}}],
        }
    )
    check = client.catalogue.check(EDITION)
    assert server.requests[-1].document == {
        "catalogue": {"offers": [{**OFFER, "monthly": 52.10}], "rules": []}
    }
    assert check.faults == (Fault(where="rule R9", text="there is no offer 'Q'", line=12),)
    assert check.prices[0].before == Price(monthly=Decimal("43.00"))
    assert check.prices[0].after is None
    assert check.changes[0].after == {"max": 1}


def test_a_trial_asks_as_the_wizard_does(server: Server, client: Client) -> None:
    server.says({"catalogueVersion": "trial"})
    answer = client.catalogue.trial(EDITION, {"customerId": "KF-1", "picks": {"F09": 1}})
    assert answer.catalogue_version == "trial"
    sent = server.requests[-1].document
    assert (sent["customerId"], sent["picks"]) == ("KF-1", {"F09": 1})
    assert sent["catalogue"]["offers"][0]["code"] == "F09"


def test_a_proposal_goes_out_under_its_key(server: Server, client: Client) -> None:
    server.says(PROPOSED, 201)
    proposal = client.catalogue.propose(EDITION, based_on=41, note="A second bandwidth", key="wc-1")
    assert (proposal.id, proposal.based_on, proposal.check.valid) == ("P1", 41, True)
    sent = server.requests[-1]
    assert sent.headers["idempotency-key"] == "wc-1"
    assert (sent.document["basedOn"], sent.document["note"]) == (41, "A second bandwidth")


def test_a_refused_proposal_tells_each_fault(server: Server, client: Client) -> None:
    server.says({"reason": "Mend it.", "faults": [{"where": "offer F09", "text": "no name"}]}, 422)
    with pytest.raises(Rejected) as refused:
        client.catalogue.propose(EDITION, based_on=41, note="", key="wc-2")
    assert faults_of(refused.value) == (Fault(where="offer F09", text="no name"),)


@pytest.mark.parametrize("told", [{}, {"faults": "many"}, {"faults": [3]}])
def test_a_refusal_of_another_kind_has_no_faults(
    server: Server, client: Client, told: dict[str, object]
) -> None:
    server.says(told, 422)
    with pytest.raises(Rejected) as refused:
        client.catalogue.check(EDITION)
    assert faults_of(refused.value) == ()


def test_proposals_are_listed_read_and_decided(server: Server, client: Client) -> None:
    server.says({"proposals": [PROPOSED]})
    assert [each.id for each in client.catalogue.proposals("proposed")] == ["P1"]
    assert server.requests[-1].raw_query == "state=proposed"
    server.says({**PROPOSED, "catalogue": {"offers": []}})
    assert client.catalogue.proposal("P1").catalogue == {"offers": []}
    server.says({**PROPOSED, "state": "published", "version": 42})
    assert client.catalogue.approve("P1").version == 42
    assert server.requests[-1].path == "/desk-api/v1/catalogue/proposal/P1/approval"
    server.says({**PROPOSED, "state": "rejected", "reason": "Too dear"})
    assert client.catalogue.reject("P1", "Too dear").reason == "Too dear"
    assert server.requests[-1].document == {"reason": "Too dear"}
    server.says({**PROPOSED, "state": "withdrawn"})
    assert client.catalogue.withdraw("P1").state == "withdrawn"


def test_a_live_event_tells_which_version_is_in_force() -> None:
    assert published_version("CatalogBatchEvent", {"id": "kestrelfjord", "version": "42"}) == "42"
    assert published_version("CustomerCreateEvent", {"version": "42"}) is None
