"""文号 and 索引号: standard form, key for comparison, numbers in running text (requirements section 26; GB/T 9704)."""

from generator.domain.doc_numbers.forms import (
    doc_number_key,
    fold_width,
    is_standard_doc_number,
    normalise_doc_number,
    normalise_index_no,
    parts_of,
    repair_doc_number,
    standard_doc_number,
)
from generator.domain.doc_numbers.running_text import (
    DocNumberMatch,
    doc_number_candidates,
    doc_numbers_in,
    find_doc_numbers,
    strip_leading_words,
)
from generator.domain.doc_numbers.words_before import ends_with_word

__all__ = [
    "DocNumberMatch",
    "doc_number_candidates",
    "doc_number_key",
    "doc_numbers_in",
    "ends_with_word",
    "find_doc_numbers",
    "fold_width",
    "is_standard_doc_number",
    "normalise_doc_number",
    "normalise_index_no",
    "parts_of",
    "repair_doc_number",
    "standard_doc_number",
    "strip_leading_words",
]
