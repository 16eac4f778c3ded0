"""A score reads organisations, never persons (``accounts.personal_data``)."""

from accounts.personal_data import register

register(
    "matching.Configuration", plain="id version content reason is_active created_at"
)
register(
    "matching.Run",
    plain=(
        "id public_id scope territory configuration state done_count total_count"
        " proposal_count error created_at started_at finished_at"
    ),
)
register(
    "matching.Signal",
    plain="id introduction kind reason configuration components created_at",
)
register("matching.RunBlock", plain="id run fingerprint intentions lists")
register("matching.ChangedIntention", plain="id intention_id")
register(
    "matching.Proposal",
    plain=(
        "id run low high scores confidence low_objectives low_needs high_objectives"
        " high_needs domains territory proximity best_type best_score named_type"
        " naming_reason low_ranks high_ranks warnings"
    ),
)
