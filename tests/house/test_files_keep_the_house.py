"""Files are short, named for what they hold, and tell nothing of the machine they were made on."""

import ast
import re

from shipped import ROOT, find_texts, find_tracked

import bedside

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers"}
SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore)(.*)$")
REASONED = re.compile(
    r"^(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[a-z-]+(?:,\s*[a-z-]+)*\])\s+(?:- |# )\S+"
)
# Homes of people and machines, package registries, and what a secret looks like.
MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work|private|workspace)/[\w.-]")
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|https?://[^\s\"'/]*(?:pypi|pythonhosted|npmjs|artifactory|nexus)[^\s\"']*",
    re.IGNORECASE,
)
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_\w{30,}|\bxox[bp]-\w{10,}"
    r"|(?i:password|secret|api_key|token)\s*=\s*[\"'][^\"'\s]{8,}[\"']"
)
CODE = (".py", ".js", ".css", ".html", ".typ")


def test_no_file_of_code_is_longer_than_four_hundred_lines() -> None:
    long = {
        name: text.count("\n")
        for name, text in find_texts(*CODE)
        if text.count("\n") > LONGEST and "/static/" not in name
    }

    assert long == {}


def test_no_norm_needs_more_than_a_few_screens() -> None:
    long = [
        name
        for name, text in find_texts(".yaml", under="src/bedside/norms")
        if text.count("\n") > LONGEST
    ]

    assert long == []


def test_no_file_or_folder_has_a_vague_name() -> None:
    vague = [
        file.relative_to(ROOT).as_posix()
        for file in find_tracked()
        if VAGUE & {part.split(".")[0] for part in file.relative_to(ROOT).parts}
    ]

    assert vague == []


def test_every_suppression_names_its_code_and_its_reason() -> None:
    bare = []
    for name, text in find_texts(".py"):
        for number, line in enumerate(text.split("\n"), 1):
            found = SUPPRESSION.search(line)
            if found and "SUPPRESSION" not in line and not REASONED.match(found[1]):
                bare.append(f"{name}:{number}: {line.strip()}")

    assert bare == []


def test_an_init_file_holds_one_docstring_and_the_top_one_the_version() -> None:
    more = {}
    for name, text in find_texts(".py", under="src/"):
        if name.endswith("/__init__.py"):
            allowed = 2 if name == "src/bedside/__init__.py" else 1
            tree = ast.parse(text)
            if len(tree.body) != allowed or ast.get_docstring(tree) is None:
                more[name] = len(tree.body)

    assert more == {}


def test_every_module_opens_by_saying_what_it_is_for() -> None:
    silent = [
        name
        for name, text in find_texts(".py")
        if text.strip()
        and "/migrations/0" not in name  # named for what they do
        and ast.get_docstring(ast.parse(text)) is None
    ]

    assert silent == []


def test_no_file_names_a_machine_a_registry_or_a_secret() -> None:
    telling = [
        f"{name}: {found[0]}"
        for name, text in find_texts()
        if name != "tests/house/test_files_keep_the_house.py"
        for pattern in (MACHINE, REGISTRY, SECRET)
        if (found := pattern.search(text))
    ]

    assert telling == []


def test_test_files_have_names_of_their_own() -> None:
    names = [file.name for file in find_tracked() if "tests" in file.relative_to(ROOT).parts[:1]]
    twice = {name for name in names if name.endswith(".py") and names.count(name) > 1}

    assert twice - {"conftest.py"} == set()


def test_the_top_of_the_changelog_is_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    releases = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)

    assert releases[0] == bedside.__version__


def test_the_changelog_marks_a_change_of_advice_with_a_star() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert "★" in changelog
