"""Small vintages written to a folder, for what changes from one year to the next."""

import hashlib
import json

COLUMNS = {
    "communes": "code,nom,dep,reg,zone,population,codes_postaux,lat,lon",
    "departments": "code,nom,region,zone",
    "regions": "code,nom,zone",
    "epcis": "siren,nom,lat,lon",
    "epci_communes": "siren_epci,code_commune",
    "former_codes": "ancien_code,code_actuel,type,nom_ancien",
}
BASE = {
    "communes": [
        "01001,Alpha,01,84,metro,100,01000|01001,46.0,5.0",
        "01002,Bêta,01,84,metro,300,01002,46.2,5.2",
        "98801,L'Île,,988,com,50,98800,,",
    ],
    "departments": ["01,Ain,84,metro", "988,Nouvelle-Calédonie,988,com"],
    "regions": ["84,Auvergne-Rhône-Alpes,metro", "988,Nouvelle-Calédonie,com"],
    "epcis": ["200000001,CC des Lettres,46.1,5.1"],
    "epci_communes": ["200000001,01001", "200000001,01002"],
    "former_codes": ["01999,01001,commune-deleguee,Ancienne"],
}


def write_vintage(folder, *, valid_from="2026-01-01", **changes):
    """Write a vintage that differs from the base one by ``changes`` (role=lines)."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for role, columns in COLUMNS.items():
        lines = changes.get(role, BASE[role])
        path = folder / f"{role}.csv"
        path.write_text("\n".join([columns, *lines]) + "\n")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        files[role] = {"path": path.name, "sha256": digest}
    manifest = {"valid_from": valid_from, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder
