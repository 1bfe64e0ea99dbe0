"""The rules tell a site with one fault from its harmless twin, and say nothing of documents of every day."""

import json

import pytest
from support.pairs import CONFIG, Pair
from support.pairs.harmless import HARMLESS
from support.pairs.run import PAIRS, found, write
from support.project import Project

_WHOLE_SITE = {"A003", "H004", "H005", "H006", "H007"}  # of columns, footers and reports that a tiny site does not have


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.sentence for pair in PAIRS])
def test_fault_is_found(pair: Pair, project: Project) -> None:
    """The faulty site of each pair gives a finding of the rules of the pair."""
    assert found(project, pair, pair.fault)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.sentence for pair in PAIRS])
def test_twin_is_silent(pair: Pair, project: Project) -> None:
    """The twin of each pair gives no finding of these rules."""
    assert not found(project, pair, pair.twin)


def test_documents_of_every_day_are_silent(project: Project) -> None:
    """No rule finds anything in the documents that a county bureau publishes every week."""
    project.write("site_config.yaml", CONFIG)
    write(project.folder, HARMLESS)
    rows = json.loads(project.check("--select", "A,C,D,F,G,H,K,L,M,O,Q,R,S,T,V,X", as_of="2025-10-30").out)
    assert [row for row in rows if row["rule"] not in _WHOLE_SITE] == []
