"""What writes territories: loading a vintage, stating a territory of project."""

from territories.services.loading import load_vintage
from territories.services.projects import state_projects

__all__ = ["load_vintage", "state_projects"]
