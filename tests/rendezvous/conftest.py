# A module of the processes that an evening starts: they choose their own settings.
collect_ignore = ["evening_app.py"]
