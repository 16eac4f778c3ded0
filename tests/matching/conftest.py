# A module of the processes that the chaos test starts: they choose their own settings.
collect_ignore = ["chaos_app.py"]
