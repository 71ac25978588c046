"""Says who artists are: decides from evidence, links, refreshes, keeps what a person has to look at."""
