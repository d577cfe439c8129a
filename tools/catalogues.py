"""The translations: python -m tools.catalogues extract | compile.

`extract` collects every text from the sources into resources/locale/shuke.pot and brings the
catalogues in line with it: new texts come without a translation, texts that are gone go.
`compile` makes the files that the program reads.

The texts are found in the syntax tree: Babel's own extractor drops `Message("…")` without a plural
and takes `{"name": …}` after it for one.
"""

import ast
import io
import sys
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "app"
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "shuke.pot"
TRANSLATED = ("zh_CN", "zh_TW")
KEYWORDS = {"tr", "ntr", "Message"}
DEFINED_IN = SOURCES / "i18n.py"
CHANGES_WITH_EVERY_RUN = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By")
NAMES_NOBODY = ("Last-Translator", "Report-Msgid-Bugs-To", "Language-Team")


@dataclass(frozen=True)
class Text:
    """A text of the program, with its plural if it has one, and where it stands."""

    msgid: str
    plural: str | None
    place: str


class NotLiteral(Exception):
    """Texts that no translator would ever see, because they are put together while running."""


def texts() -> list[Text]:
    """Every text of the program. Raises NotLiteral, with all the places."""
    found: list[Text] = []
    problems: list[str] = []
    for source in sorted(SOURCES.rglob("*.py")):
        if source != DEFINED_IN:
            name = source.relative_to(ROOT).as_posix()
            try:
                found += texts_of(source.read_text(encoding="utf-8"), name)
            except NotLiteral as problem:
                problems.append(str(problem))
    if problems:
        raise NotLiteral("\n".join(problems))
    return found


def texts_of(code: str, name: str) -> list[Text]:
    """The texts in one source file. Raises NotLiteral, with all the places."""
    found: list[Text] = []
    problems: list[str] = []
    for node in ast.walk(ast.parse(code, name)):
        if isinstance(node, ast.Call) and (keyword := _called(node)) in KEYWORDS:
            place = f"{name}:{node.lineno}"
            msgid, plural = _arguments(node)
            if msgid is None or (keyword == "ntr" and plural is None):
                problems.append(f"{place}: {ast.unparse(node)}")
            else:
                found.append(Text(msgid, plural, place))
    if problems:
        raise NotLiteral("\n".join(problems))
    return found


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _arguments(call: ast.Call) -> tuple[str | None, str | None]:
    """Literal text and plural of a call."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    given = dict(enumerate(call.args))
    return (
        _literal(given.get(0, named.get("msgid"))),
        _literal(given.get(1, named.get("plural"))),
    )


def _literal(node: ast.expr | None) -> str | None:
    match node:
        case ast.Constant(str(value)):
            return value
    return None


def extract() -> Catalog:
    """Every text of the program, without translation."""
    template = _catalogue(None)
    for text in texts():
        template.add((text.msgid, text.plural) if text.plural else text.msgid)
    return template


def catalogue_path(language: str) -> Path:
    """Where the translations into `language` are kept."""
    return LOCALE / language / "LC_MESSAGES" / "shuke.po"


def read(path: Path, language: str | None = None) -> Catalog:
    """The catalogue in a file; an empty one where there is no file yet."""
    if not path.exists():
        return _catalogue(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merge(kept: Catalog, template: Catalog, language: str) -> Catalog:
    """The kept translations of exactly the texts in `template`."""
    merged = _catalogue(language)
    for message in template:
        if message.id:
            old = kept.get(message.id if isinstance(message.id, str) else message.id[0])
            fits = old is not None and isinstance(old.string, str) == isinstance(message.id, str)
            merged.add(message.id, old.string if old is not None and fits else None)
    return merged


def as_kept(catalogue: Catalog) -> str:
    """The content of its file: sorted, without places and dates, so that changes read well."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, no_location=True, sort_output=True)
    unwanted = tuple(f'"{name}:' for name in (*CHANGES_WITH_EVERY_RUN, *NAMES_NOBODY))
    lines = buffer.getvalue().decode().splitlines()
    return "".join(f"{line}\n" for line in lines if not line.startswith(unwanted))


def compile_catalogue(source: Path) -> None:
    """Make the file that the program reads, beside the catalogue."""
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, read(source))


def compile_all() -> None:
    """Compile every catalogue there is."""
    for source in map(catalogue_path, TRANSLATED):
        if source.exists():
            compile_catalogue(source)


def extract_all() -> None:
    """Write the template and the catalogues anew, and say what is left to translate."""
    template = extract()
    _write(TEMPLATE, template)
    for language in TRANSLATED:
        path = catalogue_path(language)
        merged = merge(read(path, language), template, language)
        _write(path, merged)
        missing = sum(1 for message in merged if message.id and not "".join(message.string or ""))
        print(f"{language}: {len(merged)} texts, {missing} without a translation")


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_kept(catalogue), encoding="utf-8", newline="\n")


def _catalogue(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        project="Shuke",
        version="1",
        header_comment="# Made by: python -m tools.catalogues extract",
        fuzzy=False,
    )


def main(arguments: list[str]) -> int:
    """Exit code: 0, 1 (a text is not literal) or 2 (bad usage)."""
    commands = {"extract": extract_all, "compile": compile_all}
    command = commands.get(" ".join(arguments))
    if command is None:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        command()
    except NotLiteral as problem:
        print(f"These texts cannot be translated, they must stand there in full:\n{problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
