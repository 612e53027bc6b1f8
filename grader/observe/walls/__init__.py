"""What stands between a submission and the machine it runs on, at each level, and the proof that it stands."""
