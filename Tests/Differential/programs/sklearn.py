# packages: scikit-learn

# --- linear-regression
import numpy as np
from sklearn.linear_model import LinearRegression
m = LinearRegression().fit([[0], [1], [2]], [1, 3, 5])
m.coef_.round(6), round(float(m.intercept_), 6), m.predict([[3]]).round(6)

# --- estimator-repr
from sklearn.ensemble import RandomForestClassifier
RandomForestClassifier(n_estimators=5, random_state=0)

# --- classify-iris
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier
x, y = load_iris(return_X_y=True)
a, b, c, d = train_test_split(x, y, random_state=0)
print(DecisionTreeClassifier(random_state=0).fit(a, c).score(b, d))

# --- random-forest
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier
x, y = make_classification(60, random_state=1)
RandomForestClassifier(8, random_state=0, n_jobs=2).fit(x, y).predict(x[:10])

# --- kmeans
import numpy as np
from sklearn.cluster import KMeans
x = np.array([[0, 0], [0, 1], [9, 9], [9, 8]])
k = KMeans(2, n_init=2, random_state=0).fit(x)
sorted(np.bincount(k.labels_)), round(k.inertia_, 6)

# --- pipeline
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
p = make_pipeline(StandardScaler(), LogisticRegression())
p.fit([[0, 1], [1, 0], [5, 5], [6, 5]], [0, 0, 1, 1])
print(p)
p.predict([[0, 0], [6, 6]])

# --- metrics
from sklearn.metrics import classification_report, confusion_matrix
print(classification_report([0, 1, 1], [0, 1, 0]))
confusion_matrix([0, 1, 1], [0, 1, 0])

# --- not-fitted
from sklearn.linear_model import LinearRegression
LinearRegression().predict([[1]])

# --- wrong-shape
from sklearn.linear_model import LinearRegression
LinearRegression().fit([1, 2], [1, 2])

# --- grid-search
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
g = GridSearchCV(KNeighborsClassifier(), {"n_neighbors": [1, 3]}, cv=2).fit([[0], [1], [2], [3], [4], [5]], [0, 0, 0, 1, 1, 1])
g.best_params_, sorted(g.cv_results_)[:3]

# --- vectoriser
from sklearn.feature_extraction.text import TfidfVectorizer
v = TfidfVectorizer()
m = v.fit_transform(["the cat", "the dog sat"])
print(v.get_feature_names_out(), m.shape)
m

# --- warning
from sklearn.linear_model import LogisticRegression
from sklearn.datasets import make_classification
x, y = make_classification(40, random_state=0)
LogisticRegression(max_iter=1).fit(x, y).n_iter_
