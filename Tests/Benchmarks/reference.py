"""Reconciles the harnesses of every organization as one would at first: row by row.

For each organization and template it asks for the row, its capabilities and the settings, compares
them, and writes what is missing or differs. What should be is what the default organization has.
"""

import sqlite3
import sys
import uuid

db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
templates = db.execute(
    "SELECT id, name, display_name, description, system_prompt, parent_harness_id, tags, seed_digest"
    " FROM harnesses WHERE org_id = 1 ORDER BY parent_harness_id IS NOT NULL"
).fetchall()
names = {template[0]: template[1] for template in templates}
capabilities = {
    template[0]: db.execute(
        "SELECT capability_id, position, config FROM harness_capabilities"
        " WHERE harness_id = ? ORDER BY position", (template[0],)).fetchall()
    for template in templates
}
organizations = db.execute("SELECT org_id FROM organizations WHERE org_id > 1").fetchall()
for (org_id,) in organizations:
    ids = {}
    for template, name, display, description, prompt, parent, tags, digest in templates:
        wanted = (display, description, prompt, ids.get(names.get(parent)), tags, 1, "active")
        row = db.execute(
            "SELECT id, display_name, description, system_prompt, parent_harness_id, tags,"
            " is_built_in, status FROM harnesses WHERE org_id = ? AND name = ?",
            (org_id, name)).fetchone()
        identifier = row[0] if row else str(uuid.uuid4())
        ids[name] = identifier
        if row is None:
            db.execute(
                "INSERT INTO harnesses (display_name, description, system_prompt,"
                " parent_harness_id, tags, is_built_in, status, id, org_id, name, seed_digest)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                wanted + (identifier, org_id, name, digest))
        elif row[1:] != wanted:
            db.execute(
                "UPDATE harnesses SET display_name = ?, description = ?, system_prompt = ?,"
                " parent_harness_id = ?, tags = ?, is_built_in = ?, status = ? WHERE id = ?",
                wanted + (identifier,))
        held = db.execute(
            "SELECT capability_id, position, config FROM harness_capabilities"
            " WHERE harness_id = ? ORDER BY position", (identifier,)).fetchall()
        if held != capabilities[template]:
            db.execute("DELETE FROM harness_capabilities WHERE harness_id = ?", (identifier,))
            db.executemany(
                "INSERT INTO harness_capabilities (harness_id, capability_id, position, config)"
                " VALUES (?, ?, ?, ?)",
                [(identifier, *capability) for capability in capabilities[template]])
    settings = db.execute(
        "SELECT default_harness_id, base_harness_id FROM organization_settings WHERE org_id = ?",
        (org_id,)).fetchone()
    if settings is None:
        db.execute(
            "INSERT INTO organization_settings (org_id, default_harness_id, base_harness_id)"
            " VALUES (?, ?, ?)", (org_id, ids.get("generic"), ids.get("base")))
db.execute("COMMIT")
