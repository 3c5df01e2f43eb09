// What improves the pages where scripts run; every page works without it.
