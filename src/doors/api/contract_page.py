"""The contract as a page for people: HTML without scripts, one file, its style inside."""

import base64
import datetime
import email.utils
import hashlib
import json
import re
from html import escape
from typing import Any

from contract_file import METHODS, members_of, required_of, resolved

STYLE = """
:root{color-scheme:light dark;--ink:#1a2230;--dim:#5a6578;--line:#d8dee8;--back:#fff;--field:#f3f5f9;--mark:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf2;--dim:#9aa6ba;--line:#333d4f;--back:#131922;--field:#1c2431;--mark:#79b8ff}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
a{color:var(--mark)}code,pre{font-family:ui-monospace,monospace;font-size:.875em}code{background:var(--field);padding:.1em .3em;border-radius:.2em}
pre{background:var(--field);padding:.75rem 1rem;overflow-x:auto;border-radius:.4rem}pre code{padding:0;background:none}
.whole{display:grid;grid-template-columns:17rem minmax(0,1fr);max-width:88rem;margin:0 auto}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:1.5rem 1rem;border-right:1px solid var(--line);font-size:.875rem}
nav ul{list-style:none;margin:0 0 1rem;padding:0}nav li{padding:.1rem 0;overflow-wrap:anywhere}nav p{margin:0;font-weight:600}
main{padding:1.5rem 2rem 4rem;min-width:0}section.operation,section.schema{border-top:1px solid var(--line);padding-top:1rem;margin-top:2rem}
h1,h2,h3,h4{line-height:1.25}h3{overflow-wrap:anywhere}h4{margin:1.25rem 0 .4rem;font-size:1rem}.dim{color:var(--dim)}
.method{display:inline-block;min-width:4.2em;font-weight:700}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{font-weight:600;white-space:nowrap}nav a{text-decoration:none}nav a:hover,nav a:focus{text-decoration:underline}td p,td ul{margin:0}.gone{border-left:4px solid #c77700;padding-left:.75rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--back);padding:.5rem}
@media(max-width:60rem){.whole{display:block}nav{position:static;max-height:none;border-right:0;border-bottom:1px solid var(--line)}}
@media print{nav{display:none}.whole{display:block}section.operation{break-inside:avoid-page}pre{white-space:pre-wrap}:root{--ink:#000;--back:#fff;--field:#f3f3f3;--dim:#444;--mark:#000}}
"""


def style_digest() -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()


def ending(operation: Any) -> tuple[str, str]:
    """The values of `Deprecation` (RFC 9745 §2.1) and `Sunset` (RFC 8594 §3), from days such as 2027-06-01."""
    def moment(name: str) -> datetime.datetime:
        return datetime.datetime.fromisoformat(operation[name]).replace(tzinfo=datetime.timezone.utc)
    if not operation.get("deprecated", False):
        if "x-sunset" in operation or "x-deprecated" in operation:
            raise ValueError("x-deprecated and x-sunset belong to what is deprecated: true")
        return "", ""
    if "x-deprecated" not in operation:
        raise ValueError("what is deprecated says since when: x-deprecated")
    if "x-sunset" in operation and moment("x-sunset") < moment("x-deprecated"):
        raise ValueError("x-sunset is before x-deprecated")
    sunset = email.utils.format_datetime(moment("x-sunset"), usegmt=True) if "x-sunset" in operation else ""
    return f"@{int(moment('x-deprecated').timestamp())}", sunset


def prose(text: str) -> str:
    """Paragraphs, lists and `code` of CommonMark, which is all that the contract uses."""
    out, items = [], []
    for block in re.split(r"\n\s*\n|\n(?=- )", text.strip()):
        line = " ".join(block.split())
        if line.startswith("- "):
            items.append(f"<li>{inline(line[2:])}</li>")
            continue
        if items:
            out.append(f"<ul>{''.join(items)}</ul>")
            items = []
        out.append(f"<p>{inline(line)}</p>")
    return "".join(out) + (f"<ul>{''.join(items)}</ul>" if items else "")


def inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def type_of(schema: Any) -> str:
    """In a few words, with a link where it has a name."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f'<a href="#{name}">{name}</a>'
    for way in ("oneOf", "anyOf", "allOf"):
        if way in schema:
            return (" and " if way == "allOf" else " or ").join(type_of(part) for part in schema[way])
    kinds = schema.get("type", "any value")
    text = " or ".join(kinds) if isinstance(kinds, list) else kinds
    if text.startswith("array"):
        return "list of " + type_of(schema.get("items", {}))
    if "format" in schema:
        text += f" ({schema['format']})"
    return escape(text) + bounds(schema)


def bounds(schema: Any) -> str:
    said = []
    if "enum" in schema:
        said.append("one of " + ", ".join(f"<code>{escape('null' if one is None else str(one))}</code>" for one in schema["enum"]))
    for name, words in (("minimum", "from {}"), ("maximum", "to {}"), ("minLength", "at least {} characters"),
                        ("maxLength", "at most {} characters"), ("pattern", "like <code>{}</code>"), ("default", "<code>{}</code> unless told")):
        if name in schema:
            value = schema[name]
            said.append(words.format(escape(str(value).lower() if isinstance(value, bool) else str(value))))
    return "; " + ", ".join(said) if said else ""


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    heads = "".join(f'<th scope="col">{one}</th>' for one in head)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>" + "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</tbody></table>"


def content_of(part: Any) -> str:
    return "<br>".join(f"<code>{escape(kind)}</code> {type_of(content.get('schema', {}))}" for kind, content in part.get("content", {}).items())


def example_of(content: Any) -> str:
    example = content.get("example")
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False) if example is not None else "…"


def curl(method: str, path: str, operation: Any, parameters: list[Any], body: Any) -> str:
    """How to ask for it with curl, with a service token."""
    query = "&".join(f"{one['name']}={one['schema'].get('example', '…')}" for one in parameters if one["in"] == "query" and one.get("required"))
    lines = ["curl" + ("" if method == "get" else f" -X {method.upper()}")]
    if operation["x-permission"] != "public":
        lines.append('-H "Authorization: Bearer $KULA_TOKEN"')
    for one in parameters:
        if one["in"] == "header" and one["name"] in ("If-Match", "Idempotency-Key"):
            lines.append(f"-H '{one['name']}: {one['schema'].get('example', '…')}'")
    if body is not None:
        kind, content = next(iter(body["content"].items()))
        lines += [f"-H 'Content-Type: {kind}'", "--data-binary '" + example_of(content).replace("'", "'\\''") + "'"]
    elif method != "get":
        lines.append("-H 'Content-Type: application/json'")
    lines.append(f"'https://kula.example.org{path}{'?' + query if query else ''}'")
    text = " \\\n  ".join(lines) if len(lines) > 2 else " ".join(lines)
    return f"<pre><code>{escape(text)}</code></pre>"


def who(operation: Any, roles: Any) -> str:
    """What its caller must be allowed, and which roles are."""
    permission = operation["x-permission"]
    known = {"public": "Nobody needs to sign in.", "signed_in": "Whoever is signed in.", "signing_in": "Whoever began to sign in."}
    if permission in known:
        return f"<p>{known[permission]}</p>"
    lately = " A person must have shown within the last ten minutes who they are." if operation.get("x-confirmed") else ""
    holders = ", ".join(role["id"] for role in roles["roles"] if permission in role["permissions"])
    return f"<p>Needs <code>{permission}</code>: {escape(roles['permissions'][permission])}. Roles: {holders or 'none'}.{lately}</p>"


def operation_section(contract: Any, roles: Any, path: str, item: Any, method: str) -> str:
    operation = item[method]
    parameters = [resolved(contract, part) for part in item.get("parameters", []) + operation.get("parameters", [])]
    body = resolved(contract, operation["requestBody"]) if "requestBody" in operation else None
    deprecation, sunset = ending(operation)
    out = [f'<section class="operation" id="{operation["operationId"]}"><h3><span class="method">{method.upper()}</span> <code>{escape(path)}</code></h3>',
           f"<p><strong>{inline(operation['summary'])}</strong></p>"]
    if deprecation:
        out.append(f'<p class="gone">Will go{" on " + sunset if sunset else ""}; deprecated since {escape(operation["x-deprecated"])}.</p>')
    out += [prose(operation.get("description", "")), who(operation, roles)]
    if parameters:
        out.append("<h4>Parameters</h4>" + table(("Name", "In", "Type", "Meaning"), [
            (f"<code>{escape(one['name'])}</code>{' (required)' if one.get('required') else ''}", one["in"], type_of(one["schema"]), prose(one.get("description", "")))
            for one in parameters]))
    if body is not None:
        out.append(f"<h4>Body</h4><p>{content_of(body)}</p>")
    answers = [(code, resolved(contract, answer)) for code, answer in sorted(operation["responses"].items())]
    out.append("<h4>Answers</h4>" + table(("Status", "Meaning", "Content"), [
        (code, inline(answer["description"]), content_of(answer)) for code, answer in answers]))
    out.append("<h4>With curl</h4>" + curl(method, path, operation, parameters, body) + "</section>")
    return "".join(out)


def schema_section(contract: Any, name: str, schema: Any) -> str:
    out = [f'<section class="schema" id="{name}"><h3>{name}</h3>', prose(schema.get("description", ""))]
    members = members_of(contract, schema)
    if members:
        required = required_of(contract, schema)
        out.append(table(("Member", "Type", "Meaning"), [
            (f"<code>{escape(member)}</code>{'' if member in required else ' (optional)'}", type_of(of), inline(of.get("description", "")))
            for member, of in members.items()]))
    else:
        out.append(f"<p>{type_of(schema)}</p>")
    if "example" in schema:
        example = json.dumps(schema["example"], ensure_ascii=False, indent=2)
        out.append(f"<h4>Example</h4><pre><code>{escape(example)}</code></pre>")
    return "".join(out) + "</section>"


def page(contract: Any, roles: Any) -> str:
    info = contract["info"]
    operations = [(path, item, method) for path, item in contract["paths"].items() for method in item if method in METHODS]
    index, sections = [], []
    for tag in contract["tags"]:
        of_tag = [one for one in operations if tag["name"] in one[1][one[2]]["tags"]]
        index.append(f'<p>{escape(tag["name"])}</p><ul>' + "".join(
            f'<li><a href="#{item[method]["operationId"]}"><span class="method">{method.upper()}</span> {escape(path)}</a></li>'
            for path, item, method in of_tag) + "</ul>")
        sections.append(f'<h2 id="tag-{tag["name"]}">{escape(tag["name"])}</h2><p class="dim">{inline(tag["description"])}</p>'
                        + "".join(operation_section(contract, roles, *one) for one in of_tag))
    schemas = contract["components"]["schemas"]
    index.append("<p>Schemas</p><ul>" + "".join(f'<li><a href="#{name}">{name}</a></li>' for name in schemas) + "</ul>")
    sections.append('<h2 id="schemas">Schemas</h2>' + "".join(schema_section(contract, *one) for one in schemas.items()))
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<title>{escape(info["title"])} API {info["version"]}</title><style>{STYLE}</style></head><body>'
            f'<a class="skip" href="#contract">To the contract</a><div class="whole"><nav aria-label="Operations and schemas">{"".join(index)}</nav>'
            f'<main id="contract"><h1>{escape(info["title"])} API {info["version"]}</h1><p>{escape(info["summary"])} '
            f'For programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>{prose(info["description"])}{"".join(sections)}</main></div></body></html>\n')
