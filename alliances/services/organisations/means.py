from alliances.description.parts import Means
from alliances.models import Organisation
from alliances.selectors.parts import default_intention, means_of
from alliances.services.organisations.aims import write_means
from alliances.services.organisations.editing import saving


@saving(means_of)
def save_means(organisation: Organisation, means: Means) -> None:
    """Save what is sought and what is brought."""
    write_means(default_intention(organisation), means)
