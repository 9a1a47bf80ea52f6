#!/usr/bin/python3
"""shadowserver_types.py SCHEMA > data/shadowserver/types.json

Writes our mapping of Shadowserver's report types anew from the facts of their published schema (report_schema, intelmq.json):
which column of which type is which field. A column that means the same in most types is told once.
"""
import collections
import json
import sys

CONVERSIONS = {
    "validate_to_none": "known", "convert_int": "integer", "invalidate_zero": "nonzero", "convert_bool": "boolean",
    "validate_ip": "address", "add_UTC_to_timestamp": "moment", "extract_cve_from_tag": "cves", "convert_float": "real",
    "convert_date": "moment", "convert_date_utc": "moment", "validate_fqdn": "domain", "validate_network": "prefix",
    "force_base64": "base64",
}
HOSTS = ["http_host", "cc_dns", "host"]
# Columns that reports had before the schema, and archives still have.
FORMER = {"sic": "extra: nonzero", "src_sic": "extra.source.sic: nonzero", "dst_sic": "extra.destination.sic: nonzero"}
EXCHANGE = [[
    {"when": {"tag": {"pattern": "(?i)webshell"}},
     "set": {"classification.type": "system-compromise", "classification.identifier": "exchange-server-webshell"}},
    {"set": {"classification.type": "vulnerable-system", "classification.identifier": "vulnerable-exchange-server"}},
]]


def target(field, column, conversion=None, *_):
    name = "extra" if field in ("extra.", "extra." + column) else field
    if conversion == "convert_http_host_and_url":
        return {"to": name, "url_of": HOSTS}
    known = CONVERSIONS.get(conversion)
    return f"{name}: {known}" if known else name


def columns_of(told):
    out = collections.OrderedDict()
    for field in told["required_fields"] + told["optional_fields"]:
        if (field[2:3] or [""])[0].startswith("scan_exchange_"):
            continue
        out.setdefault(field[1], []).append(target(*field))
    return {column: targets[0] if len(targets) == 1 else targets for column, targets in out.items()}


def usual_columns(types):
    meanings = collections.defaultdict(collections.Counter)
    for columns in types.values():
        for column, targets in columns.items():
            meanings[column][json.dumps(targets)] += 1
    return {column: json.loads(counted.most_common(1)[0][0]) for column, counted in sorted(meanings.items())}



def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    made = schema.pop("_meta")["date_created"]
    types = {name: columns_of(told) for name, told in schema.items()}
    usual = dict(sorted((FORMER | usual_columns(types)).items()))
    told_types = []
    for name, told in sorted(schema.items()):
        constants = {field: value for field, value in sorted(told["constant_fields"].items()) if field != "classification.taxonomy"}
        entry = {"title": told["feed_name"], "set": constants}
        needed = [column for column in ("timestamp", "ip", "src_ip") if any(f[1] == column for f in told["required_fields"])]
        if needed != ["timestamp", "ip"]:
            entry["needed"] = needed
        own = {column: targets for column, targets in types[name].items() if targets != usual[column]}
        if own:
            entry["columns"] = own
        if name.endswith("_exchange"):
            entry["choices"] = EXCHANGE
        told_types.append(f'    {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}')
    print('{\n  "source": "Facts of Shadowserver\'s report_schema, ' + made + '",')
    print('  "columns": {')
    print(",\n".join(f"    {json.dumps(column)}: {json.dumps(targets)}" for column, targets in usual.items()))
    print('  },\n  "types": {')
    print(",\n".join(told_types))
    print("  }\n}")


main()
