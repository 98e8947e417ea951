import os

import paho.mqtt.publish as publish

publish.multiple(
    [('home/lamp/set', 'on'), ('home/python/done', '1')],
    hostname=os.environ['HOST'],
    port=int(os.environ['PORT']),
    auth={'username': os.environ['ROOM']},
)
