"""The published configuration: every number the score depends on, and its origin.

``STATED``, ``PUBLIC``: written in a source. ``INFERENCE``, ``DERIVED``: drawn from
sources. ``DESIGN``: the platform's own choice, shown as such and open to change.
"""

from typing import Any, Final

GUIDE: Final = "ORSE / Le RAMEAU, guide « Coopérer efficacement » (2023)"
REPORT: Final = (
    "Mission « Accélérer les alliances stratégiques », état des lieux (2020)"
)
METHOD: Final = "docs/matching.md"

PA, RP, EC, SI = (
    "patronage",
    "responsible_practices",
    "economic_cooperation",
    "societal_innovation",
)


def _setting(value: Any, origin: str, source: str) -> dict[str, Any]:
    return {"value": value, "origin": origin, "source": source}


def _fit(hr: str, stk: str, eco: str, inn: str) -> dict[str, dict[str, int]]:
    """Read rows of four digits: responsible practices, cooperation, innovation, PA."""
    rows = {"hr": hr, "stk": stk, "eco": eco, "inn": inn}
    return {
        quadrant: dict(zip((RP, EC, SI, PA), map(int, digits), strict=True))
        for quadrant, digits in rows.items()
    }


def _worth(table: str) -> dict[str, dict[str, float]]:
    """Read lines ``means PA RP EC SI``."""
    rows = (line.split() for line in table.strip().splitlines())
    return {
        means: dict(zip((PA, RP, EC, SI), map(float, values), strict=True))
        for means, *values in rows
    }


_ADMISSIBLE: Final = """
association      association      RP EC SI
association      company          PA RP EC SI
association      local_authority  RP EC SI
association      foundation       PA SI
association      academic         RP SI
association      institution      SI
association      citizen_group    RP SI
company          local_authority  PA RP EC SI
company          foundation       SI
company          academic         RP EC SI
company          institution      SI
company          citizen_group    RP SI
local_authority  foundation       PA SI
local_authority  academic         RP SI
local_authority  institution      SI
local_authority  citizen_group    RP SI
foundation       academic         SI
foundation       institution      SI
foundation       citizen_group    PA SI
"""


def _admissible(table: str) -> list[list[Any]]:
    names = {"PA": PA, "RP": RP, "EC": EC, "SI": SI}
    rows = (line.split() for line in table.strip().splitlines())
    return [[one, other, [names[t] for t in types]] for one, other, *types in rows]


_WORTH: Final = """
donation                   1  .2 .3 .7
loan                      .3  .1 .8 .6
equity                    .1  .1 .8  1
service_payment           .1  .8  1 .4
co_funding_leverage       .8  .2 .6 .6
cost_saving               .5  .8 .6 .3
dedicated_team            .3  .9 .8 .6
core_business_skills      .5  .9 .8  1
skills_patronage           1  .4 .2 .5
skills_volunteering        1  .5 .2 .5
one_off_mobilisation       1  .5 .1 .2
mentoring                 .8  .7 .4 .5
publics_knowledge         .4   1 .6  1
participatory_engineering .3  .7 .6  1
management_time           .5  .4 .4 .8
premises                  .8  .6 .8 .5
equipment                  1  .5 .6 .7
logistics                 .9  .5 .9 .4
data_tools                .5  .8 .5 .8
networks                  .7  .7 .6 .7
communication_relay       .9  .6 .4 .5
credibility               .5  .7 .5 .6
market_access             .1  .6  1 .5
public_policy_fit         .2  .4 .7 .8
"""

_SCORE: Final = f"{METHOD}, The score"
_FIT: Final = (
    f"{METHOD}, Fit of the quadrants; objectives and types from {GUIDE}, l.411-421"
)

_FUNCTIONS: Final = """
field_actor         association
economic_actor      company
public_policy       local_authority
public_policy       institution
public_policy       association     public_policy_fit
public_policy       company         public_policy_fit
public_policy       foundation      public_policy_fit
public_policy       academic        public_policy_fit
public_policy       citizen_group   public_policy_fit
competent_authority local_authority
competent_authority institution
beneficiary_voice   citizen_group
beneficiary_voice   association     publics_knowledge
evaluator           academic
evaluator           institution     data_tools
"""


def _functions(table: str) -> list[list[str | None]]:
    """Read lines ``function kind [means]``: the means it must offer to hold it."""
    rows = (line.split() for line in table.strip().splitlines())
    return [[*row, None][:3] for row in rows]


_TABLE: Final = f"{METHOD}, Who is missing around the table"

_COALITION: Final[dict[str, Any]] = {
    "coalition.smallest": _setting(3, "DESIGN", _TABLE),
    "coalition.largest": _setting(6, "DESIGN", _TABLE),
    "coalition.weight.means": _setting(
        0.35, "DESIGN", f"{_TABLE}; the order is that of its check of balance"
    ),
    "coalition.weight.functions": _setting(0.30, "DESIGN", _TABLE),
    "coalition.weight.territory": _setting(0.10, "DESIGN", _TABLE),
    "coalition.weight.agreement": _setting(0.25, "DESIGN", _TABLE),
    "coalition.seat_cost": _setting(0.02, "DESIGN", _TABLE),
    "coalition.group_share": _setting(0.7, "DESIGN", _TABLE),
    "coalition.lead_weight": _setting(
        6,
        "DESIGN",
        f"{_TABLE}; a motor actor: « Réussir ses partenariats pluri-acteurs » (2018), l.295-307",
    ),
    "coalition.candidates": _setting(300, "DESIGN", f"{_TABLE}, Cost"),
    "coalition.nodes": _setting(4000, "DESIGN", f"{_TABLE}, Cost"),
    "coalition.shown": _setting(4, "DESIGN", _TABLE),
    "coalition.shared": _setting(1, "DESIGN", _TABLE),
    "coalition.functions": _setting(
        _functions(_FUNCTIONS),
        "DESIGN",
        f"{_TABLE}; academics qualify needs and evaluate: {GUIDE}, l.345; residents"
        " and beneficiaries: « Co-construction en territoire » (2015), l.1268-1275",
    ),
}

DEFAULT_MAPPING: Final[dict[str, Any]] = {
    "version": "2026.1",
    "settings": {
        **_COALITION,
        "weight.objectives": _setting(0.25, "DESIGN", _SCORE),
        "weight.needs": _setting(0.30, "DESIGN", _SCORE),
        "weight.domains": _setting(0.25, "DESIGN", _SCORE),
        "weight.territory": _setting(0.15, "DESIGN", _SCORE),
        "weight.proximity": _setting(0.05, "DESIGN", _SCORE),
        "territory.half_distance_km": _setting(25.0, "DESIGN", _SCORE),
        "territory.ceiling_km": _setting(150.0, "DESIGN", _SCORE),
        "territory.distance_factor": _setting(0.5, "DESIGN", _SCORE),
        "naming.economic_exponent": _setting(
            0.7, "DESIGN", f"{METHOD}, Naming; the idea from {GUIDE}, l.228-232"
        ),
        "naming.other_exponent": _setting(0.3, "DESIGN", f"{METHOD}, Naming"),
        "naming.entry_door_maturity": _setting(
            1, "DESIGN", f"{METHOD}, Naming (R13); high maturity: {GUIDE}, l.675"
        ),
        "warning.asymmetry_ratio": _setting(
            50.0, "DESIGN", f"{METHOD}, Rules (R06); asymmetry: {GUIDE}, l.982"
        ),
        "warning.dependence_weight": _setting(
            80, "DESIGN", f"{METHOD}, Rules (R07); dependence: {GUIDE}, l.982"
        ),
        "warning.positioning_weight": _setting(
            80, "DESIGN", f"{METHOD}, Rules (R10); washing: {GUIDE}, l.978"
        ),
        "warning.tension_sectors": _setting(
            ["services_a_la_personne"], "STATED", f"{REPORT}, l.167-170, l.324-327"
        ),
        "list.kept": _setting(30, "DESIGN", f"{METHOD}, Lists"),
        "list.shown": _setting(20, "DESIGN", f"{METHOD}, Lists"),
        "admissible": _setting(
            _admissible(_ADMISSIBLE), "DESIGN", f"{METHOD}, Who may be proposed to whom"
        ),
        "means_worth": _setting(
            _worth(_WORTH), "DESIGN", f"{METHOD}, What a means is worth"
        ),
        "fit.association": _setting(
            _fit(hr="1013", stk="2112", eco="0213", inn="1231"), "DESIGN", _FIT
        ),
        "fit.company": _setting(
            _fit(hr="3012", stk="2113", eco="2310", inn="1230"), "DESIGN", _FIT
        ),
        "fit.local_authority": _setting(
            _fit(hr="1122", stk="2122", eco="2320", inn="1331"), "DESIGN", _FIT
        ),
        "fit.foundation": _setting(
            _fit(hr="1013", stk="1122", eco="0223", inn="0132"), "DESIGN", _FIT
        ),
        "fit.academic": _setting(
            _fit(hr="2021", stk="2021", eco="1221", inn="1131"), "DESIGN", _FIT
        ),
        "fit.institution": _setting(
            _fit(hr="1020", stk="2120", eco="1220", inn="1130"), "DESIGN", _FIT
        ),
        "fit.citizen_group": _setting(
            _fit(hr="1023", stk="2022", eco="0113", inn="1131"), "DESIGN", _FIT
        ),
    },
}
