import os

import paho.mqtt.publish as publish
import paho.mqtt.subscribe as subscribe

room = {
    'hostname': os.environ['HOST'],
    'port': int(os.environ['PORT']),
    'auth': {'username': os.environ['ROOM']},
}
# Here both start at once: the lamp says when it listens.
subscribe.simple('home/lamp/state', **room)

steps = [{'topic': 'home/lamp/set', 'payload': step, 'qos': 1} for step in range(10, 101, 10)]
publish.multiple([('home/lamp/set', b'on', 0, False), *steps], **room)
