"""Pictures of a report: SVG drawn on the server, and figures for Plotly."""
