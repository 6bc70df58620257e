"""Reports for people who decide: one page that needs nothing else, and a folder with all results."""

from infodemic_sim.report.output import write_comparison
from infodemic_sim.report.page import report_html, write_report
from infodemic_sim.report.reproductions import reproductions_html, reproductions_table, write_reproductions

__all__ = [
    "report_html",
    "reproductions_html",
    "reproductions_table",
    "write_comparison",
    "write_report",
    "write_reproductions",
]
