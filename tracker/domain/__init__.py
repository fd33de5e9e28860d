"""Words, values and rules, without input or output.

    dates       a date as precise as its source gave it, with an earliest and a latest minute
    names       what a name is stored as, its identity, and its accent-insensitive form
    text        the user's and the world's text, made safe to show
    countries   countries from codes, names and demonyms in English and Spanish
    vocabulary  the closed lists, with English and Spanish labels, and their ranks
    rules       what may not be: each rule both refuses (casework) and finds (checks)

Everything here is pure: the same words in give the same values out. Only `dates.now_moment` and `dates.today_in` look at the clock.
"""
