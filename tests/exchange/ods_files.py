"""Makes .ods files: a package with content.xml, its sheets written as XML."""

import zipfile
from xml.sax.saxutils import escape

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = "".join(
    f' xmlns:{name}="{_NAMES}{name}:1.0"' for name in ("office", "table", "text", "style", "draw")
)
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def ods(path, *sheets, kind=KIND, before="", more=()):
    """A file with these sheets; `before` stands before the document, `more` are further parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        if kind:
            package.writestr("mimetype", kind, zipfile.ZIP_STORED)
        with package.open("content.xml", "w", force_zip64=True) as content:
            for piece in _document(sheets, before):
                content.write(piece.encode())
        for name, data in more:
            package.writestr(name, data)
    return path


def _document(sheets, before):
    yield '<?xml version="1.0" encoding="UTF-8"?>' + before
    yield f'<office:document-content{_SPACES} xmlns:calcext="{_CALC}"><office:automatic-styles>'
    for name, display in (("ta1", "true"), ("ta2", "false"), ("ta_extref", "false")):
        yield f'<style:style style:name="{name}" style:family="table">'
        yield f'<style:table-properties table:display="{display}"/></style:style>'
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    for one in sheets:
        yield from [one] if isinstance(one, str) else one
    yield "</office:spreadsheet></office:body></office:document-content>"


def table(*rows, name="Sheet1", style="ta1"):
    return (
        f'<table:table table:name="{escape(name)}" table:style-name="{style}">'
        f"<table:table-column/>{''.join(rows)}</table:table>"
    )


def row(*cells, times=1):
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(map(cell, cells))}</table:table-row>"


def cell(value):
    """A cell: text as it is, XML that begins with <table: left as it is, None for a blank one."""
    if isinstance(value, str) and value.startswith("<table:"):
        return value
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        said = str(value).lower()
        return kept("boolean", said, said.upper())
    if isinstance(value, (int, float)):
        return kept("float", value, value)
    return made("string", f"<text:p>{escape(value)}</text:p>")


def made(kind, inside, attributes=""):
    return f'<table:table-cell office:value-type="{kind}" {attributes}>{inside}</table:table-cell>'


def kept(kind, value, shown, attributes=""):
    """A cell whose value stands in an attribute, beside the text that is shown."""
    where = "value" if kind in ("float", "percentage", "currency") else f"{kind}-value"
    return made(kind, f"<text:p>{shown}</text:p>", f'office:{where}="{value}" {attributes}')
