"""The threat list: which tests hold which threat.

They are those of the `test_threats` files beside this one. What figure scripts may do as programs, and what continuous
integration guards, is tested elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

THREATS = {
    "local file disclosure": {
        "test_canary_would_be_seen_if_it_sang",
        "test_layout_opens_no_door",
        "test_layout_refuses_whatever_way_a_file_is_named",
        "test_locale_leads_to_no_file_of_patterns",
        "test_name_leads_nowhere",
        "test_name_that_must_be_right_is_refused_where_it_stands",
        "test_pdf_of_the_hostile_publication_holds_no_canary",
        "test_template_reaches_neither_python_nor_files",
        "test_template_that_is_no_text_is_refused",
    },
    "requests to other machines, and tracking": {
        "test_build_without_network_gives_the_same_pdf_and_does_not_tell_whose_machine_it_was",
        "test_layout_opens_no_door",
        "test_link_elsewhere_is_refused_where_it_stands",
        "test_name_leads_nowhere",
        "test_no_stage_asks_for_a_connection",
        "test_refusal_without_network_is_told_and_keeps_the_last_good_pdf",
        "test_what_layout_does_not_know_fetches_nothing",
        "test_words_are_printed_as_the_letters_they_are",
    },
    "attachments smuggled in": {
        "test_layout_opens_no_door",
        "test_no_file_travels_in_the_pdf",
        "test_pdf_of_the_hostile_publication_does_nothing",
        "test_words_are_printed_as_the_letters_they_are",
    },
    "HTML and CSS put in by words": {
        "test_every_channel_for_words_is_printed_or_known_not_to_be",
        "test_pdf_of_the_hostile_publication_prints_its_words",
        "test_words_are_printed_as_the_letters_they_are",
        "test_words_that_look_like_code_are_refused_or_printed_as_letters",
    },
    "template code run from words": {
        "test_pdf_of_the_hostile_publication_prints_its_words",
        "test_template_reaches_neither_python_nor_files",
        "test_words_are_printed_as_the_letters_they_are",
        "test_words_that_look_like_code_are_refused_or_printed_as_letters",
    },
    "scripts in a browser that opens composed pages": {
        "test_composed_page_of_hostile_words_holds_nothing_that_acts",
        "test_words_are_printed_as_the_letters_they_are",
    },
    "links that run or reach what they should not": {
        "test_link_elsewhere_is_refused_where_it_stands",
        "test_link_elsewhere_that_no_check_has_seen_is_refused_by_the_parser",
        "test_link_of_a_template_is_held_to_the_same",
        "test_link_of_a_template_without_a_scheme_takes_ours",
        "test_link_that_may_be_followed_is_let_in",
        "test_pdf_of_the_hostile_publication_does_nothing",
        "test_pdf_of_the_hostile_publication_leads_only_where_its_links_do",
    },
    "YAML that means something else than it says": {
        "test_date_that_is_none_is_refused_where_it_stands",
        "test_scalars_are_printed_as_they_were_written",
        "test_yaml_that_would_mean_something_else_is_refused_where_it_stands",
    },
    "YAML that grows": {
        "test_text_that_is_too_long_is_told_to_be_split",
        "test_yaml_bomb_is_refused_in_its_file",
        "test_yaml_bombs_are_refused_with_little_memory_and_processor_time",
    },
    "hidden text, and letters that look like others": {
        "test_characters_that_deceive_are_named_with_their_places",
        "test_letters_of_science_and_of_whole_words_in_another_alphabet_are_let_in",
        "test_name_of_a_file_that_deceives_is_shown_as_what_it_is",
    },
    "Unicode that is not normalised": {
        "test_characters_that_deceive_are_named_with_their_places",
        "test_name_of_a_file_in_decomposed_letters_is_told",
        "test_search_for_a_composed_letter_finds_it",
    },
    "processor time without end": {
        "test_broken_limit_names_the_part_and_keeps_the_last_good_pdf",
        "test_motif_of_a_number_of_lines_that_cannot_be_drawn_is_refused",
        "test_text_made_to_take_long_comes_to_an_end",
        "test_time_for_checking_footnotes_does_not_grow_with_its_square",
    },
    "memory without end": {
        "test_broken_limit_names_the_part_and_keeps_the_last_good_pdf",
        "test_data_of_too_many_rows_is_refused",
        "test_yaml_bombs_are_refused_with_little_memory_and_processor_time",
    },
    "depth": {
        "test_list_within_a_note_is_refused",
        "test_lists_nested_as_deep_as_allowed_are_printed_whole",
        "test_lists_nested_too_deep_are_refused_in_every_channel",
        "test_lists_nested_too_deep_are_refused_where_they_stand",
        "test_marks_nested_deep_lose_no_letter",
        "test_sections_nested_deep_are_refused",
    },
    "links that lead out of the project": {
        "test_hidden_link_in_the_content_is_not_read_for_the_fingerprint",
        "test_link_in_the_place_of_the_pdf_is_replaced_and_not_written_through",
        "test_link_out_of_the_project_is_refused",
        "test_link_that_a_project_lays_where_output_goes_is_not_followed",
        "test_what_is_no_file_is_refused_or_as_if_it_were_not_there",
    },
    "refusals that are swallowed": {
        "test_layout_opens_no_door",
    },
    "drawings that do more than draw": {
        "test_drawing_keeps_nothing_that_it_does_not_draw",
        "test_drawing_that_does_more_than_draw_is_refused_before_layout",
        "test_entity_in_another_encoding_is_refused_too",
        "test_script_that_fails_in_saving_is_a_problem",
    },
    "pictures that lie or grow": {
        "test_picture_that_is_none_is_refused_where_it_is_named",
    },
    "fonts from elsewhere": {
        "test_layout_opens_no_door",
        "test_pdf_of_the_hostile_publication_has_our_fonts_only",
    },
    "tricks with the paths of what is written": {
        "test_link_in_the_place_of_the_pdf_is_replaced_and_not_written_through",
        "test_link_that_a_project_lays_where_output_goes_is_not_followed",
        "test_output_goes_into_its_folder_and_nowhere_else",
        "test_output_that_cannot_be_is_a_problem",
        "test_title_names_no_file",
    },
    "metadata that tell who and where": {
        "test_build_without_network_gives_the_same_pdf_and_does_not_tell_whose_machine_it_was",
        "test_pdf_tells_neither_where_nor_by_whom_it_was_made",
    },
    "dependencies swapped": {
        "test_every_package_is_pinned_with_its_hashes",
        "test_set_up_installs_nothing_without_a_hash",
        "test_weasyprint_is_the_one_version_that_was_tried",
        "test_what_is_locked_for_building_is_locked_alike_for_testing",
    },
}


def test_each_test_of_a_threat_is_listed() -> None:
    files = set(Path(__file__).parent.glob("test_threats*.py")) - {Path(__file__)}
    tests = {name for file in files for name in re.findall(r"(?m)^def (test_\w+)", file.read_text(encoding="utf-8"))}
    assert set().union(*THREATS.values()) == tests
