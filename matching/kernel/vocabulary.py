"""The codes the kernel computes with, each list in its one fixed order.

Arrays are indexed by the position of a code in these tuples; the order of ``TYPES`` is
also the last word between types that score the same. French labels belong to the
applications.
"""

from typing import Final

KINDS: Final = (
    "association",
    "company",
    "local_authority",
    "foundation",
    "academic",
    "institution",
    "citizen_group",
)
TYPES: Final = (
    "patronage",
    "responsible_practices",
    "economic_cooperation",
    "societal_innovation",
)
PATRONAGE, RESPONSIBLE_PRACTICES, ECONOMIC_COOPERATION, SOCIETAL_INNOVATION = range(4)
QUADRANTS: Final = ("hr", "stk", "eco", "inn")
DOMAINS: Final = (
    "employment",
    "economic_development",
    "living_standards",
    "poverty_exclusion",
    "poor_housing",
    "disability_diversity",
    "ageing",
    "isolation_social_link",
    "education",
    "health",
    "safety",
    "mobility",
    "digital_access",
    "culture_leisure",
    "environment",
    "energy_transition",
)
MEANS: Final = (
    "donation",
    "loan",
    "equity",
    "service_payment",
    "co_funding_leverage",
    "cost_saving",
    "dedicated_team",
    "core_business_skills",
    "skills_patronage",
    "skills_volunteering",
    "one_off_mobilisation",
    "mentoring",
    "publics_knowledge",
    "participatory_engineering",
    "management_time",
    "premises",
    "equipment",
    "logistics",
    "data_tools",
    "networks",
    "communication_relay",
    "credibility",
    "market_access",
    "public_policy_fit",
)
SIZES: Final = ("micro", "sme", "mid_cap", "large")
MODELS: Final = ("ig_model", "us_model")
PHASES: Final = ("r_and_d", "deployment")
COMPONENTS: Final = ("objectives", "needs", "domains", "territory", "proximity")
FUNCTIONS: Final = (
    "field_actor",
    "economic_actor",
    "public_policy",
    "competent_authority",
    "beneficiary_voice",
    "evaluator",
)
ORIGINS: Final = ("STATED", "PUBLIC", "INFERENCE", "DERIVED", "DESIGN")

UNKNOWN: Final = -1
"""Stands for "not said" in integer columns; floating columns use NaN."""

EVERYWHERE: Final = "FR"
"""The area that holds every commune; it is never enumerated."""

ASSOCIATION: Final = KINDS.index("association")
COMPANY: Final = KINDS.index("company")
LOCAL_AUTHORITY: Final = KINDS.index("local_authority")
FOUNDATION: Final = KINDS.index("foundation")
