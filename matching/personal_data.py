"""A score reads organisations, never persons (``accounts.personal_data``)."""

from accounts.personal_data import register

register(
    "matching.Configuration", plain="id version content reason is_active created_at"
)
register(
    "matching.Run",
    plain=(
        "id public_id scope territory configuration state is_shown done_count total_count"
        " parts_done parts_total proposal_count intention_ids error created_at"
        " started_at finished_at"
    ),
)
register(
    "matching.Signal",
    plain="id introduction kind reason configuration components created_at",
)
register("matching.RunPicture", plain="id run number content")
register("matching.RunBlock", plain="id run number label rows state")
register("matching.RunLists", plain="id run target source content")
register("matching.ListEnd", plain="id run intention_id scores")
register("matching.ChangedIntention", plain="id intention_id")
register(
    "matching.Proposal",
    plain=(
        "id run low high scores confidence low_objectives low_needs high_objectives"
        " high_needs domains territory proximity best_type best_score named_type"
        " naming_reason low_ranks high_ranks warnings"
    ),
)
register(
    "matching.BalancedSet",
    plain=(
        "id territory type run configuration computed_at organisation_count"
        " served_count served_bound_count pair_count value bound coverage_before"
        " coverage gini_before gini loss"
    ),
)
register(
    "matching.BalancedPlace",
    plain="id balanced_set intention before_count count reason",
)
register(
    "matching.BalancedProposal",
    plain="id balanced_set low high scores confidence best_type named_type",
)
