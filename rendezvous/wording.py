"""The rules that everybody accepts before they come (domain: R21)."""

RULES_VERSION = 1
RULES_TEXT = (
    "L’association ne demande pas d’argent. L’entreprise ne démarche pas et ne vend "
    "rien. La collectivité ne promet ni ne sollicite de subvention. Ensemble, nous "
    "explorons une ou deux pistes de collaboration, dans le temps imparti, et chacun "
    "reste libre de ne pas donner suite."
)
