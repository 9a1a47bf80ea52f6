#!/usr/bin/python3
"""shadowserver_types.py SCHEMA > data/shadowserver/types.json

Writes our mapping of Shadowserver's report types anew from the facts of their published schema (report_schema, intelmq.json):
which column of which type is which field. A column that means the same in most types is told once. `has` are all columns of
a type, by which a header tells it; a type of IPv6 that has those of its twin of IPv4 goes without.
"""
import collections
import json
import re
import sys

CONVERSIONS = {
    "validate_to_none": "known", "convert_int": "integer", "invalidate_zero": "nonzero", "convert_bool": "boolean",
    "validate_ip": "address", "add_UTC_to_timestamp": "moment", "extract_cve_from_tag": "cves", "convert_float": "real",
    "convert_date": "moment", "convert_date_utc": "moment", "validate_fqdn": "domain", "validate_network": "prefix",
    "force_base64": "base64",
}
HOSTS = ["http_host", "cc_dns", "host"]
# Columns that reports had before the schema, and archives still have; where they are called otherwise now, it is the same field.
FORMER = {
    "sic": "extra: nonzero", "src_sic": "extra.source.sic: nonzero", "dst_sic": "extra.destination.sic: nonzero", "http_referer_sic": "extra: nonzero",
    "agent": "extra.user_agent: known", "bluekeep_vulnerable": "extra: boolean", "cve20190708_vulnerable": "extra: boolean", "dst_dns": "destination.fqdn: domain",
    "issuer_serialNumber": "extra.issuer_serial_number: known", "md5hash": "malware.hash.md5: known", "p0f_detail": "extra.os.version: known",
    "p0f_genre": "extra.os.name: known", "proxy": "extra: boolean", "size": "extra: integer", "smb_implant": "extra: boolean", "tor": "source.tor_node: boolean",
}
FORMER_OF_TYPES = {
    "scan_chargen": {"size": "extra.response_size: integer"}, "scan_ubiquiti": {"size": "extra.response_size: integer"},
    "spam_url": {"src": "extra.relay.ip: address"},
}
FORMER_ENDS = ("cc", "dest")  # Now `dst`.
END_COLUMNS = ("ip", "port", "asn", "geo", "naics", "sic", "sector", "dns")
# Types that are called otherwise now, and the columns that were theirs alone.
MALWARE = {"type": ["classification.identifier: known", "malware.name: known"], "url": {"to": "destination.url", "url_of": HOSTS}}
FORMER_TYPES = {
    "blacklist": {"is": "blocklist"},
    "botnet_drone": {"is": "event_sinkhole", "columns": {"type": "protocol.transport", "url": MALWARE["url"]}},
    "caida_ip_spoofer": {"is": "event_ip_spoofer"},
    "cisco_smart_install": {"is": "scan_cisco_smart_install"},
    "cwsandbox_url": {"is": "sandbox_url"},
    "darknet": {"is": "event_honeypot_darknet", "columns": {"type": "protocol.transport"}},
    "ddos_amplification": {"is": "event_honeypot_ddos_amp"},
    "drone_brute_force": {"is": "event_honeypot_brute_force", "columns": {"service": ["protocol.application", "classification.identifier: known"]}},
    "hp_http_scan": {"is": "event_honeypot_http_scan", "columns": {"url": "extra: known"}},
    "hp_ics_scan": {"is": "event_honeypot_ics_scan", "columns": {"protocol": "protocol.application"}},
    "microsoft_sinkhole": {"is": "event4_microsoft_sinkhole_http", "columns": MALWARE},
    "scan_ldap": {"is": "scan_ldap_udp"},
    "scan_msrdpeudp": {"is": "scan_rdpeudp"},
    "sinkhole6_http": {"is": "event6_sinkhole_http", "columns": {"tag": MALWARE["type"]}},
    "sinkhole_http_drone": {"is": "event_sinkhole_http", "columns": MALWARE},
}
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


def twin(name):
    return re.sub("^(scan|population|event)6_", r"\1_", re.sub("6$", "", name))


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
    usual = FORMER | usual_columns(types)
    for end in FORMER_ENDS:
        usual |= {f"{end}_{column}": usual[f"dst_{column}"] for column in END_COLUMNS}
    usual = dict(sorted(usual.items()))
    told_types = []
    for name, told in sorted(schema.items()):
        constants = {field: value for field, value in sorted(told["constant_fields"].items()) if field != "classification.taxonomy"}
        entry = {"title": told["feed_name"], "set": constants}
        needed = [column for column in ("timestamp", "ip", "src_ip") if any(f[1] == column for f in told["required_fields"])]
        if needed != ["timestamp", "ip"]:
            entry["needed"] = [["src_ip", "ip"] if column == "src_ip" else column for column in needed]
        own = {column: targets for column, targets in types[name].items() if targets != usual[column]}
        own |= FORMER_OF_TYPES.get(name, {})
        if own:
            entry["columns"] = own
        if name.endswith("_exchange"):
            entry["choices"] = EXCHANGE
        if twin(name) == name or set(types.get(twin(name), ())) != set(types[name]):
            entry["has"] = " ".join(types[name])
        told_types.append(f'    {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}')
    print('{\n  "source": "Facts of Shadowserver\'s report_schema, ' + made + '",')
    print('  "columns": {')
    print(",\n".join(f"    {json.dumps(column)}: {json.dumps(targets)}" for column, targets in usual.items()))
    print('  },\n  "types": {')
    print(",\n".join(told_types))
    print('  },\n  "former": {')
    print(",\n".join(f"    {json.dumps(name)}: {json.dumps(FORMER_TYPES[name])}" for name in sorted(FORMER_TYPES)))
    print("  }\n}")


main()
