"""What leaves the machine as files: whole-record exports with a manifest that proves them.

folder   a folder of files that appears complete, with a manifest, or not at all
"""
