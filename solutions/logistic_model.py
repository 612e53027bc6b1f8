import numpy as np


# BEGIN SOLUTION
def initialise_weights(n):
    return {"w": np.zeros(n), "b": 0.0}


def optimise(w, b, X, y, steps, rate):
    for _ in range(steps):
        errors = 1 / (1 + np.exp(-(X @ w + b))) - y
        w, b = w - rate * X.T @ errors / len(y), b - rate * np.mean(errors)
    return {"w": w, "b": b}


def predict(w, b, X):
    return (X @ w + b >= 0).astype(int)


# END SOLUTION


def logistic_model(X, y, X_test, y_test, steps, rate):
    # BEGIN SOLUTION
    start = initialise_weights(X.shape[1])
    trained = optimise(start["w"], start["b"], X, y, steps, rate)
    w, b = trained["w"], trained["b"]
    return {
        "w": w,
        "b": b,
        "train_accuracy": np.mean(predict(w, b, X) == y),
        "test_accuracy": np.mean(predict(w, b, X_test) == y_test),
    }
    # END SOLUTION
