"""The house rules that neither ruff, mypy nor the import contracts can see."""

import ast
import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.kinds.registry import KINDS, TRAITS
from flows.office.kantor import Office
from flows.sops.book import PACKAGED, SopBook
from flows.sops.sop import Sop

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "flows", "storage", "reports", "simulator")
MOST_LINES = 400
MOST_MODULES = 21
IMPURE = re.compile(r"\.now\(|\.today\(|\brandom\b|\bopen\(")
SPEAKING = re.compile(r"\.(send_\w+|edit_message_\w+|set_message_reaction|pin_chat_message)\(")
CATCH_ALL = re.compile(r"^([ \t]*)except Exception\b.*$", re.MULTILINE)
SIGNED = re.compile(r"(\w+), ME$.*?NIP\. \*{8} ", re.MULTILINE | re.DOTALL)
EIGHT_DIGITS = re.compile(r"(?=(?<!\d)(\d{8}))")
# SHA-256 of the first eight digits of the signer's NIP, which stand nowhere.
OF_SIGNER = "502f42082ebb713a12c1f917aa7a0725225921f5bbdd3c5115d02ac22cd0c3bb"
MACHINE_PATH = re.compile(r"""(?<![\w.}])/(?:home|Users|root|work)/\w""")
TEXTS = ("*.py", "*.md", "*.toml", "*.yaml", "*.typ", "*.js", "*.html", "*.css", "Makefile")


def sources(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def texts() -> Iterator[Path]:
    """Everything people write, but neither the environment nor what was generated."""
    for pattern in TEXTS:
        yield from (
            path
            for path in ROOT.rglob(pattern)
            if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        )


def told(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_source_file_is_over_400_lines() -> None:
    lengths = {told(p): len(p.read_text("utf-8").splitlines()) for p in sources(*PACKAGES)}

    assert {name: n for name, n in lengths.items() if n > MOST_LINES} == {}
    assert len(lengths) > 100


def test_no_folder_holds_more_than_21_modules() -> None:
    counts = Counter(told(p.parent) for p in sources(*PACKAGES) if p.name != "__init__.py")

    assert {folder: n for folder, n in counts.items() if n > MOST_MODULES} == {}


def test_flows_reads_no_clock_no_chance_and_no_file() -> None:
    found = {
        told(path): IMPURE.findall(path.read_text("utf-8"))
        for path in sources("flows")
        if path.name != "book.py"
    }

    assert {name: hits for name, hits in found.items() if hits} == {}


def test_only_the_courier_speaks_to_telegram() -> None:
    found = {
        told(path): SPEAKING.findall(path.read_text("utf-8"))
        for path in sources("bot")
        if path.name != "sender.py"
    }

    assert {name: hits for name, hits in found.items() if hits} == {}
    assert SPEAKING.search((ROOT / "bot" / "sending" / "sender.py").read_text("utf-8"))


def test_whoever_catches_everything_logs_it_or_says_why() -> None:
    silent = [
        f"{told(path)}: {match[0].strip()}"
        for path in sources(*PACKAGES)
        for match in CATCH_ALL.finditer(path.read_text("utf-8"))
        if not accounts_for(path.read_text("utf-8"), match)
    ]

    assert silent == []


def accounts_for(source: str, match: re.Match[str]) -> bool:
    """A reason at the line, or a block that logs with traceback or raises again."""
    if "#" in match[0]:
        return True
    block = re.compile(rf"(?:\n{match[1]}[ \t]+.*|\n)+").match(source, match.end())
    return block is not None and ("log.exception(" in block[0] or "raise" in block[0])


def test_the_papers_signer_is_named_in_the_sops_alone() -> None:
    own = ROOT / "flows" / "sops"
    named = {
        word for path in own.glob("*.yaml") for word in SIGNED.findall(path.read_text("utf-8"))
    }
    signer = re.compile("|".join(sorted(named)), re.IGNORECASE)
    found = [
        told(path)
        for path in texts()
        if signer.search(path.read_text("utf-8")) and not path.is_relative_to(own)
    ]

    assert len(named) == 1
    assert found == []


def test_the_birth_date_in_the_signer_s_nip_is_written_nowhere() -> None:
    found = [told(path) for path in texts() if holds_digits(path.read_text("utf-8"), OF_SIGNER)]

    assert found == []
    assert holds_digits("NIP. 20010203 199003 1 006", sha256("20010203"))
    assert holds_digits("200102031990031006", sha256("20010203"))


def holds_digits(text: str, digest: str) -> bool:
    return any(sha256(digits) == digest for digits in set(EIGHT_DIGITS.findall(text)))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_no_path_of_anybodys_machine_is_written_down() -> None:
    found = {told(path): MACHINE_PATH.findall(path.read_text("utf-8")) for path in texts()}

    assert {name: hits for name, hits in found.items() if hits and "test_house" not in name} == {}


def test_every_library_earns_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[\[<>=~ ]", line)[0].lower() for line in listed]
    why = (ROOT / "docs" / "why.md").read_text("utf-8").lower()

    assert [name for name in names if name not in why] == []


def packaged() -> tuple[Sop, ...]:
    office = Office.parse((ROOT / "kantor.yaml").read_text("utf-8"), "kantor.yaml")
    return SopBook.read([PACKAGED], office, TRAITS).current()


@pytest.mark.parametrize("sop", packaged(), ids=lambda sop: sop.word)
def test_the_story_of_an_sop_tells_its_steps_in_order(sop: Sop) -> None:
    story = (ROOT / "tests" / "stories" / f"test_{sop.word}.py").read_text("utf-8")
    docstring = story.split('"""')[1]
    told = re.split(r"^def ", story, flags=re.MULTILINE)[1]
    called = re.findall(r"^    langkah_(\w+)\(kantor\)$", told, flags=re.MULTILINE)

    numbers = [str(step.number) for step in sop.steps]
    assert re.findall(r"\b\d+\b", docstring) == numbers
    assert [n for name in called for n in re.findall(r"\d+", name)] == numbers


def test_every_kind_of_act_has_a_file_of_its_own() -> None:
    files = {path.stem for path in (ROOT / "flows" / "kinds").glob("*.py")}

    assert set(KINDS) <= files


def named_kinds(source: str) -> list[int]:
    """The lines where a kind of act is compared by its name. `rekap` is a paper's kind too: there
    it counts only where an act is asked."""
    tree = ast.parse(source)
    constants = {
        target.id: strings(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            asked = [side for side in sides if ast.unparse(side).split(".")[-1] == "kind"]
            is_act = any(re.search(r"act|\ba\.|target|first", ast.unparse(s)) for s in asked)
            told = {
                name
                for side in sides
                for name in (constants.get(side.id, ()) if isinstance(side, ast.Name) else ())
                or strings(side)
            }
            if asked and told & (set(KINDS) if is_act else set(KINDS) - {"rekap"}):
                found.append(node.lineno)
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("kinds"):
            found += [node.lineno] if strings(node.slice) & set(KINDS) else []
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("first_of_kind"):
            found.append(node.lineno)
    return found


def strings(node: ast.AST) -> set[str]:
    each = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
    return {value for value in each if isinstance(value, str)}


def test_no_kind_is_compared_by_name_outside_the_kinds() -> None:
    found = [
        f"{told(path)}:{line}"
        for path in sources("flows", "storage", "bot", "reports")
        if not path.is_relative_to(ROOT / "flows" / "kinds")
        for line in named_kinds(path.read_text("utf-8"))
    ]

    assert found == [], "ask a trait instead (flows/sops/vocabulary.py)"


@pytest.mark.parametrize(
    ("source", "is_named"),
    [
        ('turn.act(tugas).kind == "isi"', True),
        ('done = [a for a in sop.acts if a.kind == "rekap"]', True),
        ('FINAL = ("sebar", "temuan")\nsop.act(code).kind not in FINAL', True),
        ('kind = act.kind\nkind in ("paraf", "tanda_tangan")', True),
        ('"terima" == act.kind', True),
        ('turn.kinds["isi"]', True),
        ('turn.sop.first_of_kind("isi")', True),
        ('dokumen.kind == "rekap"', False),
        ('reading.kind == "empty"', False),
        ("act.kind not in around.kinds", False),
        ("turn.act(tugas).traits.fills", False),
    ],
)
def test_a_kind_compared_by_name_is_found(source: str, is_named: bool) -> None:
    assert bool(named_kinds(source)) == is_named


def test_transitions_alone_set_the_state_of_a_tugas() -> None:
    found = [
        f"{told(path)}:{node.lineno}"
        for path in sources("flows")
        if path.name != "transitions.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.keyword) and node.arg == "state")
        or (isinstance(node, ast.Constant) and node.value == "state")
    ]

    assert found == [], "set it in flows/turn/transitions.py"


def test_what_is_done_beside_the_sops_asks_for_a_capability_and_no_role() -> None:
    found = [
        f"{told(path)}:{node.lineno}"
        for path in sources("flows")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in ("holds", "post_holders")
        and any(isinstance(arg, ast.Constant) for arg in node.args)
    ]

    assert found == [], "ask authority.may() or people_with() (flows/office/capabilities.py)"
