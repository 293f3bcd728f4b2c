#!/usr/bin/env python3
"""Makes a large event log out of the UCI incident log: COPIES of it, each 17 minutes later, as CSV in the order of time and as XES.

Usage: bench-log.py uci_incident_event_log.zip COPIES OUT.csv OUT.xes
"""
import csv
import datetime
import io
import sys
import zipfile
from xml.sax.saxutils import quoteattr

source, copies, table, xes = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
with zipfile.ZipFile(source) as archive, archive.open("incident_event_log.csv") as file:
    rows = [
        (r["number"], r["incident_state"], r["sys_updated_by"], datetime.datetime.strptime(r["sys_updated_at"], "%d/%m/%Y %H:%M"))
        for r in csv.DictReader(io.TextIOWrapper(file, "utf-8"))
    ]
rows.sort(key=lambda r: r[3])
shift = datetime.timedelta(minutes=17)


def stamp(moment):
    return moment.isoformat(timespec="milliseconds") + "+00:00"


merged = sorted((r[3] + shift * copy, copy, index) for copy in range(copies) for index, r in enumerate(rows))
with open(table, "w", newline="", encoding="utf-8") as out:
    writer = csv.writer(out)
    writer.writerow(["case", "activity", "resource", "time"])
    for moment, copy, index in merged:
        case, activity, resource, _ = rows[index]
        writer.writerow([f"{copy}-{case}", activity, resource, stamp(moment)])
del merged

cases = {}
for row in rows:
    cases.setdefault(row[0], []).append(row)
with open(xes, "w", encoding="utf-8") as out:
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="2.0" xmlns="http://www.xes-standard.org/">\n')
    for copy in range(copies):
        for case, events in cases.items():
            out.write(f'\t<trace>\n\t\t<string key="concept:name" value={quoteattr(f"{copy}-{case}")}/>\n')
            for _, activity, resource, moment in events:
                out.write(
                    f'\t\t<event>\n\t\t\t<string key="org:resource" value={quoteattr(resource)}/>\n'
                    f'\t\t\t<date key="time:timestamp" value="{stamp(moment + shift * copy)}"/>\n'
                    f'\t\t\t<string key="concept:name" value={quoteattr(activity)}/>\n'
                    f'\t\t\t<string key="lifecycle:transition" value="complete"/>\n\t\t</event>\n'
                )
            out.write("\t</trace>\n")
    out.write("</log>\n")
