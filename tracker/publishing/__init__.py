"""What leaves the machine as files: whole-record exports with a manifest that proves them, and sealed editions.

folder           a folder of files that appears complete, with a manifest, or not at all
whole            the files of a whole-record export
edition_reports  the reports an edition can hold
editions         what an edition is, and its pages; the erratum to the one before
manifest         what proves it: the sealed manifest, the sums, the page that says how to verify
making           reading what is wanted, writing the folder
verifying        what a folder proves by itself, and what the record says of it
"""
