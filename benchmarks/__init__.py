"""What things cost, as ratios."""
