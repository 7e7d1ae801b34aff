"""The commands of ob-buero."""
