"""Floor 4: settings and start-up; the only place that reads the environment."""
