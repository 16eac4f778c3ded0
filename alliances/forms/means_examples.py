"""One plain example per means: the words of the list are not everybody's."""

from django.utils.translation import gettext_lazy as _

from alliances.enums import Means, MeansCategory

EXAMPLES = {
    Means.DONATION: _("une somme d’argent, sans contrepartie"),
    Means.LOAN: _("une avance remboursable, à taux nul ou faible"),
    Means.EQUITY: _("entrer au capital, un apport associatif"),
    Means.SERVICE_PAYMENT: _("acheter ou vendre un service, une formation"),
    Means.CO_FUNDING_LEVERAGE: _("un soutien qui en décide d’autres à financer"),
    Means.COST_SAVING: _("acheter à plusieurs, partager une dépense"),
    Means.DEDICATED_TEAM: _("une personne qui suit le projet chaque semaine"),
    Means.CORE_BUSINESS_SKILLS: _("votre métier mis au service du projet"),
    Means.SKILLS_PATRONAGE: _("des jours de salariés offerts : comptabilité, droit…"),
    Means.SKILLS_VOLUNTEERING: _("des personnes qui donnent leur savoir-faire"),
    Means.ONE_OFF_MOBILISATION: _("une équipe pour une journée ou un événement"),
    Means.MENTORING: _("accompagner une personne, la conseiller"),
    Means.PUBLICS_KNOWLEDGE: _("bien connaître les personnes concernées"),
    Means.PARTICIPATORY_ENGINEERING: _("savoir faire travailler ensemble"),
    Means.MANAGEMENT_TIME: _("du temps d’un dirigeant ou d’une dirigeante"),
    Means.PREMISES: _("une salle, un bureau, un terrain, un atelier"),
    Means.EQUIPMENT: _("des ordinateurs, des outils, des invendus"),
    Means.LOGISTICS: _("transport, stockage, impression"),
    Means.DATA_TOOLS: _("un logiciel, des données, une méthode"),
    Means.NETWORKS: _("présenter les bonnes personnes"),
    Means.COMMUNICATION_RELAY: _("faire connaître, relayer auprès du public"),
    Means.CREDIBILITY: _("un nom qui inspire confiance"),
    Means.MARKET_ACCESS: _("de premiers clients, une commande"),
    Means.PUBLIC_POLICY_FIT: _("faire entrer un projet dans l’action publique"),
}

GLIMPSES = {
    MeansCategory.FINANCIAL: _("don, prêt, achat, partage de coûts…"),
    MeansCategory.HUMAN: _("compétences, bénévolat, conseils, terrain…"),
    MeansCategory.MATERIAL: _("locaux, matériel, transport, outils…"),
    MeansCategory.RELATIONAL: _("réseau, visibilité, confiance, clients…"),
}
