"""The door: what stands between a command line and the stages."""
