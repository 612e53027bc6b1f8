from itertools import count


def primes():
    for number in count(2):
        if all(number % divisor for divisor in range(2, int(number**0.5) + 1)):
            yield number
