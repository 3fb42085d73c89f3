"""How cost grows with the corpus, beside yardsticks and peers. Nothing here is a test, and no time decides one.

python -m tests.benchmarks            lists the benchmarks
"""
