"""The written rule: from words of what partners bring and seek, to codes.

Written from the labels of the means (« Coopérer efficacement », 2023, l.1534-1544 and
l.1755-1765) and from the contents of the objectives squares (l.521-560), completed with
the ordinary words for the same things. It reads neither the type of a partnership nor
the notes of those who compiled the file, and it is the same for every row.

Texts are read without accents, in small letters. A code is found when one of its
patterns is; docs/evaluation.md says the rule in full.
"""

import re
from typing import Final

from matching.kernel.vocabulary import DOMAINS, MEANS, QUADRANTS


def _compiled(table: str, codes: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """Read lines ``code: pattern``, each code once."""
    rows = (line.partition(":")[::2] for line in table.strip().splitlines())
    patterns = {code.strip(): re.compile(pattern.strip()) for code, pattern in rows}
    if unknown := set(patterns) - set(codes):
        raise ValueError(f"unknown codes: {', '.join(sorted(unknown))}")
    return patterns


MEANS_WORDS: Final = _compiled(
    r"""
donation: \bdons?\b|\bfinancements?\b|financier|subvention|mecenat(?! de comp)|\bmoyens\b(?! humains)
loan: \bprets?\b|\bavances?\b
equity: prise de participation|apport associatif|\binvestissement\b(?! de l'equipe)|\binvestir\b
service_payment: prestation|\bachats?\b|\brevenus? garantis?
co_funding_leverage: effet de levier|cofinancement|financeurs
cost_saving: \bcouts\b(?! de l'argent)|\beconomies? de\b|gratuit|reutilis
dedicated_team: \bequipe de \d|equipe dediee|main-d'oeuvre|mediateurs|volontaires
core_business_skills: competences|expertise|savoir-faire|\bformation|\baudits?\b|\bmediation\b|maraichage|metiers|accompagnement (?!strateg)|deploi|echelle|essaim
skills_patronage: mecenat (de competences|humain)|moyens humains
skills_volunteering: benevol
one_off_mobilisation: mobilisation|interventions de
mentoring: coaching|mentorat|parrainage|tutorat|accompagnement strateg
publics_knowledge: publics? fragiles|publics? en|en insertion|insertion par|clients fragiles|personnes (agees|en diff|reputees)|\bjeunes\b|\bseniors\b|habitants|quartiers|usagers?|mal-logement|etudiants|\bmediation\b|mediateurs|\bterrain\b|a l'ecoute
participatory_engineering: concertation|co-?construction|ingenierie|coordination|mutualisation|\banimation|citoyen|cofondation
management_time: equipe de direction|temps de direction
premises: \blocaux\b|\blocal\b|\blieux\b|accueil dans|boutique|garages|agences|stations-service
equipment: materiel|machine|produits?\b|equipement|dechets|engrais|matiere premiere|\bcoton\b
logistics: logisti
data_tools: \boutils?\b|\bdonnees\b|diagnostics?|observatoire|evaluation|\betudes?\b|quantifier
networks: \breseaux?\b|ecosysteme|mise en relation|rassemble|orientation|partenaires|\btoucher\b
communication_relay: communication|mediatisation|numero vert|relais|information
credibility: credibilite|\bcaution\b|confiance|convaincre|pertinence|notoriete
market_access: \bmarches?\b|debouche|commande|contrats longs|garantie d'achat|revenus? garantis?|activite pour|nouvelle activite
public_policy_fit: politiques? publiques?|commande publique
""",
    MEANS,
)

ASSOCIATION_AIMS: Final = _compiled(
    r"""
hr: competences|moyens humains|benevol|equipes|coaching
stk: reseau|credibilite|confiance|convaincre|visibilite|toucher|communication|pertinence|partenaires
eco: \bmoyens\b(?! humains)|financ|revenus|debouche|modele economique|commande|activite pour|investir|engrais|\blocal\b
inn: experiment|innov|echelle|deploi|essaim|concevoir|nouvelle activite|developpement
""",
    QUADRANTS,
)
"""What an association, or another actor that is no company, was after."""

COMPANY_AIMS: Final = _compiled(
    r"""
hr: salaries|equipes|cohesion|motivation|recrutement
stk: territo|ancrage|societal|sociale|habitants|\bimage\b|ecosysteme|engage|lutte contre|pour tous|solidar|reponse aux besoins|jeunes|participation|clients(?! fragiles)
eco: \bcouts\b|matiere premiere|dechets|\bmarche\b|impact environnemental|energie|clients fragiles|bureaux|performance
inn: innov|r&d|agilite|evoluer|solutions communes|difference|partage d'experience
""",
    QUADRANTS,
)

DOMAIN_WORDS: Final = _compiled(
    r"""
employment: emploi|insertion|metier|recrutement|chomage|inemployable
economic_development: createurs d'entreprise|developpement economique|commercial
living_standards: budgetaire|pouvoir d'achat|surendettement|clients fragiles
poverty_exclusion: precarite|pauvrete|exclusion|solidaires?\b|publics? fragiles|mediateurs sociaux
poor_housing: logement
disability_diversity: handicap|accessibilite
ageing: seniors|personnes agees|vieillissement
isolation_social_link: lien social|isolement|citoyennes
education: education|alphabetisation|\bformation|jeunes|etudiants
health: sante\b|optique
safety: securite|risques
mobility: mobilite|transport
digital_access: numerique|informatique
culture_leisure: culture|artisti|creativite
environment: environnement|\bbio\b|ecolog|dechets|recycl|agroecolog
energy_transition: energ|\bgaz\b
""",
    DOMAINS,
)

FRAGILITIES: Final = frozenset(DOMAINS) - {
    "economic_development",
    "environment",
    "energy_transition",
}
"""Domains that are about people: who acts on one of them knows its publics."""

FIELD_MEANS: Final = ("core_business_skills", "publics_knowledge")
"""What an actor of the field brings on a fragility, and what a company that wants to
answer one seeks: « Coopérer efficacement » (2023), l.735-745; CFSI (2018), l.168-230."""
