"""Views: one blueprint a feature, strangers to each other."""
