"""The audit of dependencies fails for a known weakness, and says what it could not look at."""

import json

from tests.security.audit import read

SOUND = {"name": "segno", "version": "1.6.6", "vulns": []}
UNKNOWN = {"name": "jinja2", "skip_reason": "Dependency not found on PyPI"}
WEAK = {
    "name": "pillow",
    "version": "11.0.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["11.0.1"], "aliases": []}],
}


def test_a_weakness_is_named_with_the_version_that_mends_it() -> None:
    report = read(json.dumps({"dependencies": [SOUND, WEAK], "fixes": []}))

    assert report.weak == ("pillow 11.0.0: PYSEC-2026-1 (mended in 11.0.1)",)
    assert str(report).splitlines()[0] == "2 packages audited, 1 known weaknesses"


def test_what_could_not_be_looked_at_is_told_and_is_no_weakness() -> None:
    report = read(json.dumps({"dependencies": [SOUND, UNKNOWN], "fixes": []}))

    assert (report.looked_at, report.weak, report.unknown) == (1, (), ("jinja2",))
    assert str(report).endswith("not audited, for no advisories could be had: 1")
