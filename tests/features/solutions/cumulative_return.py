def cumulative_return(prices):
    return prices[1:] / prices[0] - 1
