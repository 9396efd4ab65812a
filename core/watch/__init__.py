"""What is told of how the portal fares: its figures, its faults and its traces; never of whom or of what it speaks."""
